import { Button } from '@mui/material';
import { useState, type ReactElement } from 'react';
import { Confirm, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { Method } from '../api/ask.js';
import { useAsking } from '../api/use-asking.js';
import { useMay } from '../api/use-may.js';

interface Properties {
  /** The key of what it does. */
  readonly label: string;
  /** As `/v1/me/rights` names it: who may not do it does not see it. */
  readonly operation: string;
  readonly method: Method;
  readonly path: string;
  /** Asks before it does it. */
  readonly isGrave?: boolean;
  /** To whom or what it is done, by name. */
  readonly whom?: string;
  /** The key of what is asked before it is done, where that is more than usual. */
  readonly question?: string;
  /** By default what is shown is read anew. */
  readonly onDone?: () => void;
}

/** Does one thing at the native API, tells how it went and shows what is new. */
export function ActionButton(properties: Properties): ReactElement {
  const { label, operation, method, path, isGrave, whom, question = 'action.sureOf', onDone } = properties;
  const may = useMay();
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const { isSending, send } = useAsking();
  const [isAsked, setIsAsked] = useState(false);
  if (!may(operation)) return <></>;
  const act = async (): Promise<void> => {
    setIsAsked(false);
    if ((await send(method, path)) === null) return;
    notify('action.done', { type: 'success' });
    if (onDone) onDone();
    else refresh();
  };
  const what = translate(label);
  return (
    <>
      <Button
        size="small"
        color={isGrave ? 'error' : 'primary'}
        disabled={isSending}
        onClick={(event) => {
          // A row of a list that is clicked on opens.
          event.stopPropagation();
          if (isGrave) setIsAsked(true);
          else void act();
        }}
      >
        {what}
      </Button>
      {isGrave && (
        <Confirm
          isOpen={isAsked}
          title={what}
          content={whom ? translate(question, { what, whom }) : translate('action.sure', { what })}
          onConfirm={(event) => {
            event.stopPropagation();
            void act();
          }}
          onClose={() => setIsAsked(false)}
        />
      )}
    </>
  );
}
