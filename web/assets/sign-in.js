'use strict';
// The page behind a mailed sign-in link, `/#/sign-in/<token>`. Opening it uses nothing up: the token goes
// out of the address bar at once, and into one request body when the button is pressed.
(() => {
  const VALIDATE_TOKEN = '/api/validate_token';
  const PATIENCE_MS = 30000;
  const { element, entitle, mount, sentence, inWords, explain } = pageTools;

  /** @typedef {{ code: string, isOver: boolean, time?: string }} Outcome */

  /**
   * The token of the address bar, which shows it no more afterwards; null for another address.
   * @returns {string | null}
   */
  function takeToken() {
    const [mark, kind, token = ''] = location.hash.split('/');
    if (mark !== '#' || kind !== 'sign-in') return null;
    history.replaceState(null, '', `${location.pathname}#/sign-in/`);
    return token;
  }

  const token = takeToken();
  if (token === null) return;
  document.documentElement.classList.add('has-link');
  addEventListener('DOMContentLoaded', () => (/^[\w-]+$/.test(token) ? confirmSignIn(token) : explain()));

  /** @param {string} token */
  function confirmSignIn(token) {
    const titles = mount('sign-in');
    const form = element('sign-in-form', HTMLFormElement);
    const button = element('sign-in-button', HTMLButtonElement);
    const notice = element('sign-in-notice', HTMLElement);
    entitle(titles.title ?? '');
    let isSending = false;
    let hasLostAnAnswer = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!isSending) void submit();
    });

    async function submit() {
      isSending = true;
      button.setAttribute('aria-disabled', 'true');
      announce('SIGNING_IN', 'progress');
      const outcome = await send(token);
      isSending = false;
      button.removeAttribute('aria-disabled');
      if (outcome.isOver) finish(outcome.code);
      else {
        hasLostAnAnswer ||= outcome.time === undefined;
        button.textContent = button.dataset.again ?? '';
        announce(outcome.code, 'fault', outcome.time);
      }
    }

    /**
     * The link is used up: nothing is left to be pressed.
     * @param {string} code
     */
    function finish(code) {
      const isIn = code === 'SIGNED_IN';
      form.remove();
      entitle((isIn ? titles.titleDone : titles.titleDead) ?? '');
      announce(!isIn && hasLostAnAnswer ? 'PERHAPS_SIGNED_IN' : code, isIn ? 'success' : 'fault');
      element('title', HTMLElement).focus();
    }

    /**
     * @param {string} code
     * @param {'progress' | 'success' | 'fault'} kind
     * @param {string} [time]
     */
    function announce(code, kind, time = '') {
      notice.dataset.kind = kind;
      notice.textContent = sentence(code, { time });
    }
  }

  /**
   * Shows the token. Never throws.
   * @param {string} token
   * @returns {Promise<Outcome>}
   */
  async function send(token) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
    try {
      const response = await fetch(VALIDATE_TOKEN, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ token }),
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: controller.signal,
      });
      return outcomeOf(response);
    } catch {
      return { code: 'SIGN_IN_UNREACHABLE', isOver: false };
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * @param {Response} response
   * @returns {Outcome}
   */
  function outcomeOf({ ok, status, headers }) {
    if (ok) return { code: 'SIGNED_IN', isOver: true };
    if (status === 400) return { code: 'SIGN_IN_DEAD', isOver: true };
    if (status !== 429 && status !== 503) return { code: 'SIGN_IN_FAILED', isOver: false };
    const time = inWords(Number(headers.get('retry-after')) || 60);
    return { code: status === 429 ? 'TOO_MANY' : 'BUSY', isOver: false, time };
  }
})();
