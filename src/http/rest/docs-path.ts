/** Where the REST API is described. */
export const REST_DOCS_PATH = '/docs/rest';
