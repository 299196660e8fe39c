import { Alert, Button } from '@mui/material';
import type { ReactElement } from 'react';
import { useTranslate } from 'react-admin';
import { Problem } from '../api/problem.js';
import { keyOfProblem } from '../texts/words.js';

interface Properties {
  readonly error: Error;
  readonly onAgain: () => void;
}

/** In the place of what could not be read: why, and another try. */
export function Unread({ error, onAgain }: Properties): ReactElement {
  const translate = useTranslate();
  const { code, status } = error instanceof Problem ? error : new Problem(0, {});
  const again = (
    <Button color="inherit" size="small" onClick={onAgain}>
      {translate('action.retry')}
    </Button>
  );
  return (
    <Alert severity="error" action={again}>
      {translate(keyOfProblem(code, status))}
    </Alert>
  );
}
