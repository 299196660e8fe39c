import { Button } from '@mui/material';
import { useState, type ReactElement } from 'react';
import { Confirm, useNotify, usePermissions, useRefresh, useTranslate } from 'react-admin';
import { ask, type Method } from '../api/ask.js';
import type { Me } from '../api/me.js';
import { Problem } from '../api/problem.js';
import { keyOfProblem } from '../texts/words.js';

interface Properties {
  /** The key of what it does. */
  readonly label: string;
  /** As `/v1/me/rights` names it: who may not do it does not see it. */
  readonly operation: string;
  readonly method: Method;
  readonly path: string;
  /** Asks before it does it. */
  readonly isGrave?: boolean;
  readonly onDone?: () => void;
}

/** Does one thing at the native API, tells how it went and shows what is new. */
export function ActionButton({ label, operation, method, path, isGrave, onDone }: Properties): ReactElement {
  const { permissions: me } = usePermissions<Me>();
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const [isAsked, setIsAsked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  if (!me?.operations.has(operation)) return <></>;
  const act = async (): Promise<void> => {
    setIsAsked(false);
    setIsSending(true);
    try {
      await ask(method, path);
      notify('action.done', { type: 'success' });
      onDone?.();
      refresh();
    } catch (error) {
      const { code, status } = error instanceof Problem ? error : new Problem(0, {});
      notify(keyOfProblem(code, status), { type: 'error' });
    } finally {
      setIsSending(false);
    }
  };
  const what = translate(label);
  return (
    <>
      <Button
        size="small"
        color={isGrave ? 'error' : 'primary'}
        disabled={isSending}
        onClick={() => (isGrave ? setIsAsked(true) : void act())}
      >
        {what}
      </Button>
      {isGrave && (
        <Confirm
          isOpen={isAsked}
          title={what}
          content={translate('action.sure', { what })}
          onConfirm={() => void act()}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
