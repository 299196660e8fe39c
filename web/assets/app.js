'use strict';
// The page behind a mailed password link, `/#/{set,reset}-password/<token>/<email>/`. The token is in
// the fragment, which no browser sends; from here it goes into one request body and nowhere else.
(() => {
  const CHANGE_PASSWORD = '/api/v1.1/auth/change-password/';
  const MOST_CHARACTERS = 1024;
  const PATIENCE_MS = 30000;
  const { element, entitle, mount, sentence, inWords, explain } = pageTools;

  /** @typedef {{ kind: string, token: string, email: string }} Link */
  /** @typedef {{ code: string, values?: Record<string, string> }} Outcome */
  /** @typedef {{ min: number, characters: string }} RuleValues */
  /** @typedef {{ message?: string, _errors?: string[], rules?: Rule[] }} Answer */
  /** @typedef {{ code: string, message_en: string }} Rule */

  /**
   * What the address bar says, which it says no more afterwards. Only the kind stays there, so that a
   * reload can explain itself. Null for another address.
   * @returns {Link | null}
   */
  function takeLink() {
    const [mark, kind = '', token, email] = location.hash.split('/');
    if (mark !== '#' || (kind !== 'set-password' && kind !== 'reset-password')) return null;
    history.replaceState(null, '', `${location.pathname}#/${kind}/`);
    return { kind, token: decoded(token), email: decoded(email) };
  }

  /** @param {string | undefined} text */
  function decoded(text) {
    try {
      return decodeURIComponent(text ?? '');
    } catch {
      return '';
    }
  }

  const link = takeLink();
  // Another link opened in this tab changes the fragment only: begin again with it.
  addEventListener('hashchange', () => location.reload());
  if (link === null) return;
  document.documentElement.classList.add('has-link');
  addEventListener('DOMContentLoaded', () => (link.token && link.email ? choosePassword(link) : explain()));

  /** @param {Link} link */
  function choosePassword(link) {
    const titles = mount('choose-password');
    const form = element('password-form', HTMLFormElement);
    const notice = element('notice', HTMLElement);
    const button = element('submit', HTMLButtonElement);
    const password = element('password1', HTMLInputElement);
    const repeated = element('password2', HTMLInputElement);
    const username = form.elements.namedItem('username');
    if (username instanceof HTMLInputElement) username.value = link.email;
    element('account', HTMLElement).textContent = link.email;
    entitle((link.kind === 'set-password' ? titles.titleSetPassword : titles.titleResetPassword) ?? '');

    const hide = toggleVisibility([password, repeated]);
    void showRules(password);
    let isSending = false;
    let hasLostAnAnswer = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!isSending) void submit();
    });

    async function submit() {
      hide();
      const fault = faultOfInput(password.value, repeated.value);
      if (fault !== null) return refuse({ code: fault });
      isSending = true;
      button.setAttribute('aria-disabled', 'true');
      announce('SENDING', 'progress');
      const outcome = await send(link, password.value, repeated.value);
      isSending = false;
      button.removeAttribute('aria-disabled');
      if (outcome.code === 'DONE') finish(titles.titleDone, 'DONE');
      else if (outcome.code === 'INVALID_TOKEN') {
        finish(titles.titleDead, hasLostAnAnswer ? 'PERHAPS_DONE' : 'INVALID_TOKEN');
      } else refuse(outcome);
    }

    /** @param {Outcome} outcome */
    function refuse(outcome) {
      const { code } = outcome;
      announce(code, 'fault', outcome.values);
      if (code === 'NETWORK' || code === 'FAILED') {
        hasLostAnAnswer = true;
        button.textContent = button.dataset.again ?? '';
      }
      const field = fieldAtFault(code);
      password.setAttribute('aria-invalid', String(field === 'password1'));
      repeated.setAttribute('aria-invalid', String(field === 'password2'));
      if (field) element(field, HTMLInputElement).focus();
    }

    /**
     * The link is used up: nothing is left to be typed.
     * @param {string | undefined} title
     * @param {string} code
     */
    function finish(title, code) {
      form.remove();
      entitle(title ?? '');
      announce(code, code === 'DONE' ? 'success' : 'fault');
      element('title', HTMLElement).focus();
    }

    /**
     * @param {string} code
     * @param {'progress' | 'success' | 'fault'} kind
     * @param {Record<string, string>} [values]
     */
    function announce(code, kind, values) {
      notice.dataset.kind = kind;
      notice.textContent = sentence(code, values) ?? sentence('FAILED');
    }
  }

  /**
   * The button that shows and hides what is typed; the answer hides it.
   * @param {HTMLInputElement[]} inputs
   */
  function toggleVisibility(inputs) {
    const toggle = element('toggle', HTMLButtonElement);
    /** @param {boolean} visible */
    const show = (visible) => {
      for (const input of inputs) input.type = visible ? 'text' : 'password';
      toggle.textContent = (visible ? toggle.dataset.hide : toggle.dataset.show) ?? '';
    };
    toggle.addEventListener('click', () => show(inputs[0]?.type === 'password'));
    return () => show(false);
  }

  /**
   * What needs no server to be known.
   * @param {string} password
   * @param {string} repeated
   */
  function faultOfInput(password, repeated) {
    if (password === '') return 'EMPTY';
    if (password !== repeated) return 'MISMATCH_PASSWORDS';
    return [...password].length > MOST_CHARACTERS ? 'TOO_LONG' : null;
  }

  /** @param {string} code */
  function fieldAtFault(code) {
    if (code === 'MISMATCH_PASSWORDS') return 'password2';
    const own = ['EMPTY', 'TOO_LONG', 'RULE_BROKEN', 'PASSWORD_INSECURE', 'CANNOT_USE_SAME_PASSWORD'];
    return own.includes(code) ? 'password1' : null;
  }

  /**
   * Sends the password. Never throws: no answer is the outcome NETWORK.
   * @param {Link} link
   * @param {string} password1
   * @param {string} password2
   * @returns {Promise<Outcome>}
   */
  async function send({ email, token }, password1, password2) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
    try {
      const response = await fetch(CHANGE_PASSWORD, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ email, password1, password2, password_change_token: token }),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: controller.signal,
      });
      return response.ok ? { code: 'DONE' } : await outcomeOf(response);
    } catch {
      return { code: 'NETWORK' };
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * @param {Response} response
   * @returns {Promise<Outcome>}
   */
  async function outcomeOf(response) {
    if (response.status === 429 || response.status === 503) {
      const time = inWords(Number(response.headers.get('retry-after')) || 60);
      return { code: response.status === 429 ? 'TOO_MANY' : 'BUSY', values: { time } };
    }
    const { message, _errors: codes } = await bodyOf(response);
    const code = codes?.[0] ?? 'FAILED';
    if (!code.startsWith('NOT_ENOUGH_')) return { code: sentence(code) === null ? 'FAILED' : code };
    const rule = ruleInWords(code, valuesOf(message));
    return rule === null ? { code: 'PASSWORD_INSECURE' } : { code: 'RULE_BROKEN', values: { rule } };
  }

  /** @type {(text: string) => Answer | null} */
  const parse = JSON.parse;

  /**
   * What the server says, nothing when it says it in no JSON.
   * @param {Response} response
   */
  async function bodyOf(response) {
    try {
      return parse(await response.text()) ?? {};
    } catch {
      return {};
    }
  }

  /**
   * The number and the list of characters in a sentence about a rule, null without a number. The
   * document puts them into its sentences only.
   * @param {string} [message]
   * @returns {RuleValues | null}
   */
  function valuesOf(message = '') {
    const min = /\d+/.exec(message);
    const characters = /: \((.*)\)\.?$/s.exec(message);
    return min && { min: Number(min[0]), characters: characters?.[1] ?? '' };
  }

  /**
   * @param {string} code
   * @param {RuleValues | null} values
   */
  function ruleInWords(code, values) {
    return values && sentence(code, { min: String(values.min), characters: values.characters });
  }

  /**
   * How many characters of `password` count for a rule; null for a rule that this page does not know.
   * @param {string} code
   * @param {string} password
   * @param {string} special
   */
  function counted(code, password, special) {
    const characters = [...password];
    switch (code) {
      case 'NOT_ENOUGH_CHARS':
        return characters.length;
      case 'NOT_ENOUGH_DIGITS':
        return characters.filter((character) => /\p{Nd}/u.test(character)).length;
      case 'NOT_ENOUGH_LOWER':
        return characters.filter((character) => /\p{Ll}/u.test(character)).length;
      case 'NOT_ENOUGH_UPPER':
        return characters.filter((character) => /\p{Lu}/u.test(character)).length;
      case 'NOT_ENOUGH_SPECIAL':
        return characters.filter((character) => special.includes(character)).length;
      default:
        return null;
    }
  }

  /**
   * Lists the rules in force and ticks off those that are met. The server decides; without an answer
   * the page does without the list.
   * @param {HTMLInputElement} password
   */
  async function showRules(password) {
    const rules = await loadRules();
    const box = element('rules', HTMLElement);
    const list = box.querySelector('ul');
    const ticks = rules.flatMap(({ code, message_en: message }) => {
      const values = valuesOf(message);
      const words = ruleInWords(code, values);
      if (!values || values.min === 0 || words === null) return [];
      const item = document.createElement('li');
      const state = document.createElement('span');
      state.className = 'visually-hidden';
      item.append(words, ' ', state);
      list?.append(item);
      return [
        () => {
          const met = (counted(code, password.value, values.characters) ?? 0) >= values.min;
          item.dataset.met = String(met);
          state.textContent = (met ? box.dataset.met : box.dataset.unmet) ?? '';
        },
      ];
    });
    const tick = () => ticks.forEach((update) => update());
    password.addEventListener('input', tick);
    tick();
    box.hidden = ticks.length === 0;
  }

  /** @returns {Promise<Rule[]>} */
  async function loadRules() {
    try {
      const response = await fetch(CHANGE_PASSWORD, {
        method: 'OPTIONS',
        credentials: 'omit',
        cache: 'no-store',
      });
      return (await bodyOf(response)).rules ?? [];
    } catch {
      return [];
    }
  }
})();
