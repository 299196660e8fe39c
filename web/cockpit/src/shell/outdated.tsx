import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import type { ReactElement } from 'react';
import { useTranslate } from 'react-admin';

interface Choices {
  readonly onStay: () => void;
  readonly onLook: () => void;
}

/** Somebody else changed what is shown since it was read. */
export function Outdated({ onStay, onLook }: Choices): ReactElement {
  const translate = useTranslate();
  return (
    <Dialog open onClose={onStay} aria-labelledby="outdated-title">
      <DialogTitle id="outdated-title">{translate('outdated.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText>{translate('outdated.text')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button onClick={onStay}>{translate('outdated.stay')}</Button>
        <Button variant="contained" onClick={onLook}>
          {translate('outdated.look')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
