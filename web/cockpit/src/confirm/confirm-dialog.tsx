import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { useTranslate } from 'react-admin';
import { ask } from '../api/ask.js';
import { Problem } from '../api/problem.js';
import { keyOfProblem } from '../texts/words.js';
import { ConfirmFields } from './confirm-fields.js';
import { onConfirmation, type Confirmation } from './confirmation.js';
import { canUsePasskeys, confirmByPasskey } from './passkey.js';

const PATH = '/v1/sessions/current/confirm';
const CODE = /^[0-9A-Za-z-]{6,64}$/;

type Method = 'password' | 'app' | 'recovery-code' | 'passkey';

/** Stands by for whoever must show again who he is, by one of the ways that he has. */
export function ConfirmDialog(): ReactElement {
  const [asked, setAsked] = useState<Confirmation | null>(null);
  useEffect(() => onConfirmation(setAsked), []);
  return <>{asked && <OpenDialog asked={asked} />}</>;
}

/** By what he may show it; null until that is known. */
function useMethods(): readonly Method[] | null {
  const [methods, setMethods] = useState<readonly Method[] | null>(null);
  useEffect(() => {
    ask<{ methods: readonly Method[] }>('GET', PATH).then(
      ({ body }) => setMethods(body.methods.filter((method) => method !== 'passkey' || canUsePasskeys())),
      () => setMethods(['password', 'app']),
    );
  }, []);
  return methods;
}

function OpenDialog({ asked }: { readonly asked: Confirmation }): ReactElement {
  const translate = useTranslate();
  const methods = useMethods();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const attempt = async (show: () => Promise<boolean>): Promise<void> => {
    if (isSending) return;
    setIsSending(true);
    try {
      if (await show()) return asked.settle(true);
      setRefusal('confirm.noPasskey');
    } catch (error) {
      const { code: why, status } = error instanceof Problem ? error : new Problem(0, {});
      setRefusal(keyOfProblem(why, status));
    }
    setIsSending(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const otp = code.replaceAll(' ', '');
    const body = password === '' && CODE.test(otp) ? { otp } : { password };
    void attempt(async () => {
      await ask('POST', PATH, { body, mayConfirm: false });
      return true;
    });
  };
  const has = (...wanted: Method[]) => methods?.some((method) => wanted.includes(method)) ?? false;
  const isTyped = has('password', 'app', 'recovery-code');
  return (
    <Dialog open onClose={() => asked.settle(false)} aria-labelledby="confirm-title" maxWidth="xs" fullWidth>
      <form onSubmit={submit} noValidate>
        <DialogTitle id="confirm-title">{translate('confirm.title')}</DialogTitle>
        <DialogContent>
          <DialogContentText>
            {translate(methods?.length === 0 ? 'confirm.noWay' : 'confirm.text')}
          </DialogContentText>
          {isTyped && (
            <ConfirmFields
              password={has('password') ? { value: password, onChange: setPassword } : null}
              code={has('app', 'recovery-code') ? { value: code, onChange: setCode } : null}
              isWrong={refusal !== null}
            />
          )}
          {has('passkey') && (
            <Button fullWidth variant="outlined" onClick={() => void attempt(confirmByPasskey)}>
              {translate('confirm.passkey')}
            </Button>
          )}
          <DialogContentText role="alert" color="error">
            {refusal && translate(refusal)}
          </DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => asked.settle(false)}>{translate('ra.action.cancel')}</Button>
          {isTyped && (
            <Button type="submit" variant="contained" disabled={isSending}>
              {translate('ra.action.confirm')}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
