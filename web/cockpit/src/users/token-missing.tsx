import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import type { ReactElement } from 'react';
import { useTranslate } from 'react-admin';
import type { Problem } from '../api/problem.js';
import { keyOfProblem } from '../texts/words.js';

interface Properties {
  readonly fault: Problem;
  readonly onClose: () => void;
}

/** Says that the user is there and his token is not; it can be given again on his page. */
export function TokenMissing({ fault, onClose }: Properties): ReactElement {
  const translate = useTranslate();
  return (
    <Dialog open onClose={onClose} aria-labelledby="token-missing-title" maxWidth="sm" fullWidth>
      <DialogTitle id="token-missing-title">{translate('token.missing')}</DialogTitle>
      <DialogContent>
        <DialogContentText>{translate(keyOfProblem(fault.code, fault.status))}</DialogContentText>
        <DialogContentText>{translate('token.giveAgain')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {translate('token.toUser')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
