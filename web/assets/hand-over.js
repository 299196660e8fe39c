'use strict';
// Hands what a provider answered to the page that opened this window (document 002, "OAuth Flow"). A
// page of our own origin is called by the name that it gave; one of another of our origins gets a
// message, which the browser delivers to that origin only.
(() => {
  /** @typedef {Record<string, unknown>} Container */

  const { callback = '', answer = '{}', origins = '[]' } = document.currentScript?.dataset ?? {};
  /** @type {unknown} */
  const result = JSON.parse(answer);
  /** @type {Window | null} */
  const opener = window.opener;
  if (opener === null) return;
  if (!call(opener)) tell(opener);
  window.close();

  /**
   * Calls the function of that name; false when there is none, or the page is not ours to look into.
   * @param {Window} page
   */
  function call(page) {
    try {
      const names = callback.split('.');
      const own = names.pop() ?? '';
      /** @type {unknown} */
      let holder = page;
      for (const name of names) {
        holder = Object(holder)[name];
        if (isOfTheBrowser(holder)) return false;
      }
      /** @type {unknown} */
      const found = Object(holder)[own];
      if (typeof found !== 'function' || isNative(found)) return false;
      found.call(holder, result);
      return true;
    } catch {
      return false;
    }
  }

  // `document.forms.0.submit` is no page's callback, but what somebody would have that page press.

  /** @param {unknown} holder */
  function isOfTheBrowser(holder) {
    return Symbol.toStringTag in Object(holder);
  }

  /** @param {Function} found */
  function isNative(found) {
    const isBuiltIn = /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(found));
    return isBuiltIn && !found.name.startsWith('bound ');
  }

  /** @param {Window} page */
  function tell(page) {
    /** @type {string[]} */
    const allowed = JSON.parse(origins);
    for (const origin of allowed) page.postMessage({ callback, result }, origin);
  }
})();
