'use strict';
// What the scripts of the hosted pages have in common: finding elements, and the page's own words.
const pageTools = (() => {
  /**
   * The element with that id.
   * @template {HTMLElement} T
   * @param {string} id
   * @param {new () => T} type
   * @returns {T}
   */
  function element(id, type) {
    const found = document.getElementById(id);
    if (found instanceof type) return found;
    throw new Error(`The page has no ${id}`);
  }

  /** @param {string} title */
  function entitle(title) {
    element('title', HTMLElement).textContent = title;
    document.title = title;
  }

  /** @param {string} id */
  function mount(id) {
    const template = element(id, HTMLTemplateElement);
    element('start', HTMLElement).replaceWith(template.content.cloneNode(true));
    return template.dataset;
  }

  /**
   * The page's own sentence for a code, null when it has none.
   * @param {string} code
   * @param {Record<string, string>} [values]
   */
  function sentence(code, values = {}) {
    const all = element('sentences', HTMLTemplateElement).content.querySelectorAll('p');
    const found = [...all].find((paragraph) => paragraph.dataset.for === code);
    return (
      found?.textContent?.replace(/\{(\w+)\}/g, (_, /** @type {string} */ name) => values[name] ?? '') ?? null
    );
  }

  /** Tells that the link that was opened is not whole. */
  function explain() {
    entitle(mount('broken-link').title ?? '');
  }

  /** @param {number} seconds */
  function inWords(seconds) {
    const inMinutes = seconds >= 120;
    return new Intl.NumberFormat(document.documentElement.lang, {
      style: 'unit',
      unit: inMinutes ? 'minute' : 'second',
      unitDisplay: 'long',
    }).format(inMinutes ? Math.ceil(seconds / 60) : seconds);
  }

  return { element, entitle, mount, sentence, inWords, explain };
})();
