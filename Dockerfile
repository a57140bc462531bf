# The server in a container, with a PostgreSQL of your own: see docs/operations.md.
FROM node:24.21.0-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-fund --no-audit
COPY tsconfig.json tsconfig.build.json bundle.js ./
COPY src src
RUN npm run build
# What runs needs neither the tools of the build nor what `npm ci` brings for machines without Node and PostgreSQL.
RUN npm prune --omit=dev --omit=optional --no-fund --no-audit && rm dist/.tsbuildinfo

FROM node:24.21.0-trixie-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
# The user `node` of the image, by its number: Kubernetes takes no name for one that is not root.
USER 1000
EXPOSE 4000
# Whether the process lives: a database that is away is no reason to restart it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
