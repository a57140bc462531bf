import { NESTING_LIMIT, PARAMETER_LIMIT } from '../tree.js';

/** How the REST API is called wherever it is described. */
export const TITLE = 'Testodrom REST API';

const DESCRIPTION = `
For partners who integrated by REST. GraphQL, at \`/graphql\`, does all of this and more.

**Addresses** answer with and without a slash at the end, in Russian or, below \`/en\`, in English. Where an address takes
GET and POST, it also takes PUT, which is the same as POST.

**Parameters** are texts in UTF-8, in the query, in a form without files, or as members of a JSON object. A parameter of the
query hides one of the same name in the body, even if it is empty. An empty text and \`0\` count as missing, except in
\`questions\` of v1, which takes \`true\` and \`false\` only; a JSON null is not there at all, and what is not described here is
not looked at.

**Limits**: at most ${PARAMETER_LIMIT.toLocaleString('en')} parameters are read, nested in brackets to at most ${NESTING_LIMIT} levels,
and a body of at most 1 MiB (unless this server is set otherwise).

**Result keys** are UUIDs, in upper case too, or the same UUIDs as 22 characters of base58. The keys of 22 characters that the
platform gave before October 2023 are other keys, and unknown here.

**Refusals** say \`{"error":{"code":404,"message":"…"}}\`, the code being the HTTP status: also 404 for an address that is none,
and 405 for a method that an address does not take.

**Pages of other sites** may call what takes no CLIENT_KEY, and the rest from origins that the client registered; an image, a
link or a frame in their pages never does. Nobody is known by a cookie.
`.trim();

/** What the description says of the REST API as a whole, which partners find below a path of the host. */
export const about = (publicPath: string) => ({
  info: { title: TITLE, version: '3', description: DESCRIPTION },
  servers: [
    { url: publicPath || '/', description: 'Texts in Russian' },
    { url: `${publicPath}/en`, description: 'Texts in English' },
  ],
  tags: [
    { name: 'v3', description: "Users are named by the client's own ids; attaching a result registers a user who is new." },
    { name: 'v2', description: 'Deprecated, as its headers say. Users are registered first, and named by their USER_KEY.' },
    { name: 'v1', description: 'Deprecated, as its headers say. Tests and questions for everybody, and results of nobody.' },
  ],
});
