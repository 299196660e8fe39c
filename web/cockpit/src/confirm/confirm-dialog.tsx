import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  TextField,
} from '@mui/material';
import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { useTranslate } from 'react-admin';
import { ask } from '../api/ask.js';
import { Problem } from '../api/problem.js';
import { keyOfProblem } from '../texts/words.js';
import { onConfirmation, type Confirmation } from './confirmation.js';

const CODE = /^[0-9A-Za-z-]{6,64}$/;

/** Stands by for whoever must show again who he is: by his password, or by a code of his second factor. */
export function ConfirmDialog(): ReactElement {
  const [asked, setAsked] = useState<Confirmation | null>(null);
  useEffect(() => onConfirmation(setAsked), []);
  return <>{asked && <OpenDialog asked={asked} />}</>;
}

function OpenDialog({ asked }: { readonly asked: Confirmation }): ReactElement {
  const translate = useTranslate();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSending, setIsSending] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    if (isSending) return;
    setIsSending(true);
    const otp = code.replaceAll(' ', '');
    const body = password === '' && CODE.test(otp) ? { otp } : { password };
    try {
      await ask('POST', '/v1/sessions/current/confirm', { body, mayConfirm: false });
      asked.settle(true);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, {}));
      setIsSending(false);
    }
  };
  const words = problem && translate(keyOfProblem(problem.code, problem.status));
  return (
    <Dialog open onClose={() => asked.settle(false)} aria-labelledby="confirm-title" maxWidth="xs" fullWidth>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <DialogTitle id="confirm-title">{translate('confirm.title')}</DialogTitle>
        <DialogContent>
          <DialogContentText>{translate('confirm.text')}</DialogContentText>
          <TextField
            autoFocus
            fullWidth
            margin="normal"
            type="password"
            autoComplete="current-password"
            label={translate('confirm.password')}
            value={password}
            error={problem !== null}
            onChange={(event) => setPassword(event.target.value)}
          />
          <TextField
            fullWidth
            margin="normal"
            autoComplete="one-time-code"
            label={translate('confirm.code')}
            value={code}
            error={problem !== null}
            onChange={(event) => setCode(event.target.value)}
          />
          <DialogContentText role="alert" color="error">
            {words}
          </DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => asked.settle(false)}>{translate('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={isSending}>
            {translate('ra.action.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
