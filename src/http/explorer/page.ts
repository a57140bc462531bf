import { createHash } from 'node:crypto';
import { type RuruClientConfig, ruruHTML } from 'ruru/server';
import { EXAMPLES } from './examples.js';

const SCRIPT = /<script[^>]*>([^]*?)<\/script>/g;

/** Phones show a page at its real size only when it says so. */
const META = '\n<meta name="viewport" content="width=device-width, initial-scale=1">';

/** Plans of queries are not told here. On a phone the parts are below each other. */
const STYLE = `
<style>
button[aria-label$=" Explain"], .graphiql-footer { display: none; }
@media (max-width: 640px) {
  .graphiql-main, #graphiql-session { flex-direction: column; }
  .graphiql-main > .graphiql-horizontal-drag-bar, #graphiql-session > .graphiql-horizontal-drag-bar { display: none; }
  .graphiql-main > *, #graphiql-session > * { min-width: 0; min-height: 0; }
}
</style>`;

const settings = {
  defaultQuery: EXAMPLES,
  defaultHeaders: '{\n  // "authorization": "Bearer <CLIENT_KEY>"\n}',
  defaultEditorToolsVisibility: 'headers',
  // In the storage of the page, which ends with it.
  shouldPersistHeaders: true,
  showPersistHeadersSettings: false,
};

/** A page with the policy under which it works. */
export interface ExplorerPage {
  readonly html: string;
  readonly policy: string;
}

/**
 * The page of the explorer.
 *
 * @param endpoint the path of GraphQL as partners see it
 * @param staticPath that of the files of the explorer, with a slash at the end
 */
export function explorerPage(endpoint: string, staticPath: string): ExplorerPage {
  const html = ruruHTML({
    endpoint,
    staticPath,
    // All that GraphiQL takes is passed on to it, though the type tells of a part only.
    clientConfig: settings as Partial<RuruClientConfig> as RuruClientConfig,
    htmlParts: {
      metaTags: (original) => original + META,
      titleTag: '<title>Testodrom GraphQL explorer</title>',
      styleTags: (original) => original + STYLE,
      bodyInitScript: startScript(staticPath),
    },
  });
  return { html, policy: policyOf(html) };
}

/** The history of requests, and in it the keys that they were sent with, goes when the page is closed. */
function startScript(staticPath: string): string {
  return `<script type="module">
import { React, createRoot, Ruru } from ${JSON.stringify(`${staticPath}ruru.js`)};
const props = { ...RURU_CONFIG, storage: sessionStorage };
createRoot(document.getElementById('ruru-root')).render(React.createElement(Ruru, props));
</script>`;
}

function policyOf(html: string): string {
  const hashes = [...html.matchAll(SCRIPT)].map(([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "worker-src 'self'",
    // The editor writes styles as it goes, and brings its icons along.
    "style-src 'self' 'unsafe-inline'", "font-src 'self' data:", "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].join('; ');
}
