import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useRefresh, useTranslate } from 'react-admin';
import { useAsking } from '../api/use-asking.js';
import { ShownOnce } from '../shell/shown-once.js';
import type { IssuedKey } from './key-record.js';
import { isUsable, TokenChoice, type ChosenToken } from './token-choice.js';

interface Properties {
  /** The key of what the button and the dialog are called. */
  readonly label: string;
  readonly path: string;
  /** What is sent beside a chosen secret. */
  readonly body: object;
  readonly children?: ReactNode;
}

/** A button that has a permanent token made, generated or chosen, and shows it once. */
export function TokenDialog({ label, path, body, children }: Properties): ReactElement {
  const translate = useTranslate();
  const refresh = useRefresh();
  const { isSending, send } = useAsking();
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<ChosenToken>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const issue = async (): Promise<void> => {
    const issued = await send<IssuedKey>('POST', path, {
      ...body,
      ...(chosen === null ? {} : { secret: chosen }),
    });
    if (issued === null) return;
    setIsOpen(false);
    setChosen(null);
    setSecret(issued.secret);
  };
  const close = (): void => {
    setSecret(null);
    refresh();
  };
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {translate(label)}
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} aria-labelledby="token-title" fullWidth>
        <DialogTitle id="token-title">{translate(label)}</DialogTitle>
        <DialogContent>
          {children}
          <TokenChoice value={chosen} onChange={setChosen} />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setIsOpen(false)}>{translate('ra.action.cancel')}</Button>
          <Button variant="contained" disabled={isSending || !isUsable(chosen)} onClick={() => void issue()}>
            {translate(label)}
          </Button>
        </DialogActions>
      </Dialog>
      {secret !== null && <ShownOnce secret={secret} onClose={close} />}
    </>
  );
}
