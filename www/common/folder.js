/**
 * The address of the folder with the page's files. Modules build addresses from this one and not
 * from their own `import.meta.url`: the build bundles all modules into one file, so that address
 * does not say in which folder a module lies.
 */
export const FOLDER = new URL('./', import.meta.url);

/** The name of that folder, which differs for each version of the site. */
export const SITE = FOLDER.pathname.split('/').at(-2) ?? '';
