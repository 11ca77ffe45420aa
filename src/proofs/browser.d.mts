/** Types of `browser.mjs`, which runs before anything is installed. */

/** The path of a browser that is installed, the one that `PODPATH_CHROMIUM` tells first; undefined: none is. */
export function systemBrowser(): string | undefined
