import { PUBLIC_URL } from '../../support/gatehouse.js';

export const REGISTER = '/api/v1.1/auth/register/';
export const LOGIN = '/api/v1.1/auth/login/';
export const ME = '/api/v1.1/account/me/';
export const RESET = '/api/v1.1/auth/reset-password/';
export const CHANGE = '/api/v1.1/auth/change-password/';

export const UID: unknown = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const TOKEN: unknown = expect.stringMatching(/^[0-9a-f]{40}$/);
export const DATE: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** The whole user body that register and login answer. */
export function userBody(email: string, over: Record<string, unknown> = {}) {
  return {
    uid: UID,
    email,
    url: `${PUBLIC_URL}/api/v1.1/account/me/`,
    token: TOKEN,
    first_name: '',
    last_name: '',
    level: 'simpleuser',
    is_verified: true,
    groups: [],
    external_auth: false,
    mfa_mode: '',
    defaultdividers: [],
    ...over,
  };
}

/** The whole account body that account/me answers; change-password adds `token`. */
export function accountBody(uid: string, email: string, over: Record<string, unknown> = {}) {
  return {
    uid,
    email,
    first_name: '',
    last_name: '',
    modification_date: DATE,
    creation_date: DATE,
    public: true,
    url: `${PUBLIC_URL}/api/v1.1/user/${uid}/`,
    verbose_name: email,
    defaultdividers: [],
    level: 'simpleuser',
    unsubscribe_notification_url: expect.stringMatching(
      new RegExp(`^${PUBLIC_URL}/c/unsubscribe-notifications/${uid}\\.[\\w.-]+$`),
    ) as unknown,
    unsubscribe_all: false,
    unsubscribe_to: [],
    external_auth: false,
    ...over,
  };
}

/** The usual refusal of this surface. */
export const refusal = (message: unknown, code: string) => ({ message, _errors: [code] });

export const DIFFERENT = 'another horse 2';

/** A password typed twice. */
export const twice = (password: string) => ({ password1: password, password2: password });
