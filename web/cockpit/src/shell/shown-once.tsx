import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  TextField,
} from '@mui/material';
import { useState, type ReactElement } from 'react';
import { useTranslate } from 'react-admin';

interface Properties {
  readonly secret: string;
  readonly onClose: () => void;
}

/** Shows a secret that the server will not show again. It goes when he says that he has kept it. */
export function ShownOnce({ secret, onClose }: Properties): ReactElement {
  const translate = useTranslate();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    setIsCopied(true);
  };
  return (
    <Dialog open aria-labelledby="secret-title" maxWidth="sm" fullWidth>
      <DialogTitle id="secret-title">{translate('secret.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText>{translate('secret.text')}</DialogContentText>
        <TextField
          fullWidth
          margin="normal"
          label={translate('secret.label')}
          value={secret}
          slotProps={{ input: { readOnly: true }, htmlInput: { spellCheck: false, autoComplete: 'off' } }}
          onFocus={(event) => event.target.select()}
        />
        <DialogContentText role="status">{isCopied && translate('secret.copied')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        {'clipboard' in navigator && <Button onClick={() => void copy()}>{translate('secret.copy')}</Button>}
        <Button variant="contained" onClick={onClose}>
          {translate('secret.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
