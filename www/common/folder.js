/**
 * The URL of the folder with the page's files. Modules build URLs from `FOLDER` and not from their
 * own `import.meta.url`: the build bundles all modules into one file, so `import.meta.url` does not
 * say in which folder a module lies.
 */
export const FOLDER = new URL('./', import.meta.url);

/** The name of the folder with the page's files. Each version of the site has its own name. */
export const SITE = FOLDER.pathname.split('/').at(-2) ?? '';
