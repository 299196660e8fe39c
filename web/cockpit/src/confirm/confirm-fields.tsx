import { TextField } from '@mui/material';
import type { ReactElement } from 'react';
import { useTranslate } from 'react-admin';

interface Typed {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

interface Properties {
  /** Null of who has none. */
  readonly password: Typed | null;
  /** A code of the second factor; null of who has none. */
  readonly code: Typed | null;
  readonly isWrong: boolean;
}

/** What is typed to show again who one is. */
export function ConfirmFields({ password, code, isWrong }: Properties): ReactElement {
  const translate = useTranslate();
  return (
    <>
      {password && (
        <TextField
          autoFocus
          fullWidth
          margin="normal"
          type="password"
          autoComplete="current-password"
          label={translate('confirm.password')}
          value={password.value}
          error={isWrong}
          onChange={(event) => password.onChange(event.target.value)}
        />
      )}
      {code && (
        <TextField
          autoFocus={!password}
          fullWidth
          margin="normal"
          autoComplete="one-time-code"
          label={translate('confirm.code')}
          value={code.value}
          error={isWrong}
          onChange={(event) => code.onChange(event.target.value)}
        />
      )}
    </>
  );
}
