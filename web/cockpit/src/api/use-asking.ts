import { useState } from 'react';
import { useLogoutIfAccessDenied, useNotify } from 'react-admin';
import { keyOfProblem } from '../texts/words.js';
import { ask, type Method } from './ask.js';
import { Problem } from './problem.js';

/** What is asked holds of what was read with this tag only. */
export interface Condition {
  readonly etag: string | null;
  /** In the place of a notice, when it is another one by now. */
  readonly onOutdated: () => void;
}

interface Asking {
  readonly isSending: boolean;
  /** What the server answered; null when it refused, which was told. */
  readonly send: <Body>(
    method: Method,
    path: string,
    body?: unknown,
    condition?: Condition,
  ) => Promise<Body | null>;
}

/** Puts single questions to the native API, and tells of refusals where notices are shown. */
export function useAsking(): Asking {
  const notify = useNotify();
  const leaveIfSignedOut = useLogoutIfAccessDenied();
  const [isSending, setIsSending] = useState(false);
  const send: Asking['send'] = async <Body>(
    method: Method,
    path: string,
    body?: unknown,
    condition?: Condition,
  ) => {
    setIsSending(true);
    const headers: Record<string, string> = condition?.etag ? { 'if-match': condition.etag } : {};
    try {
      return (await ask<Body>(method, path, { body, headers })).body;
    } catch (error) {
      const { code, status } = error instanceof Problem ? error : new Problem(0, {});
      if (await leaveIfSignedOut(error)) return null;
      if (status === 412 && condition) condition.onOutdated();
      else notify(keyOfProblem(code, status), { type: 'error' });
      return null;
    } finally {
      setIsSending(false);
    }
  };
  return { isSending, send };
}
