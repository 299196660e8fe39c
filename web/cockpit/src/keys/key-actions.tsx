import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  TextField,
} from '@mui/material';
import { useState, type ReactElement } from 'react';
import { useRecordContext, useRefresh, useTranslate } from 'react-admin';
import { useAsking } from '../api/use-asking.js';
import { useMay } from '../api/use-may.js';
import { ActionButton } from '../shell/action-button.js';
import { ShownOnce } from '../shell/shown-once.js';
import type { IssuedKey, KeyRecord } from './key-record.js';

/** What can be done with a key: give it another secret, end it. */
export function KeyActions(): ReactElement {
  const may = useMay();
  const key = useRecordContext<KeyRecord>();
  if (!key) return <></>;
  return (
    <>
      {may('POST /v1/api-keys/:id/rotate') && <Rotate keyId={key.id} />}
      <ActionButton
        label="action.revoke"
        operation="DELETE /v1/api-keys/:id"
        method="DELETE"
        path={`/v1/api-keys/${key.id}`}
        isGrave
      />
    </>
  );
}

/** For how long the old secret still counts, in seconds. */
const OVERLAPS = [0, 3_600, 86_400, 604_800, 2_592_000];

function Rotate({ keyId }: { readonly keyId: string }): ReactElement {
  const translate = useTranslate();
  const refresh = useRefresh();
  const { isSending, send } = useAsking();
  const [isOpen, setIsOpen] = useState(false);
  const [overlapSeconds, setOverlapSeconds] = useState(0);
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = async (): Promise<void> => {
    const issued = await send<IssuedKey>('POST', `/v1/api-keys/${keyId}/rotate`, { overlapSeconds });
    if (issued === null) return;
    setIsOpen(false);
    setSecret(issued.secret);
  };
  const close = (): void => {
    setSecret(null);
    refresh();
  };
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {translate('action.rotate')}
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} aria-labelledby="rotate-title">
        <DialogTitle id="rotate-title">{translate('action.rotate')}</DialogTitle>
        <DialogContent>
          <TextField
            select
            fullWidth
            margin="normal"
            label={translate('keys.overlap')}
            value={overlapSeconds}
            onChange={(event) => setOverlapSeconds(Number(event.target.value))}
          >
            {OVERLAPS.map((seconds) => (
              <MenuItem key={seconds} value={seconds}>
                {translate(`overlap.${seconds}`)}
              </MenuItem>
            ))}
          </TextField>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setIsOpen(false)}>{translate('ra.action.cancel')}</Button>
          <Button variant="contained" disabled={isSending} onClick={() => void rotate()}>
            {translate('action.rotate')}
          </Button>
        </DialogActions>
      </Dialog>
      {secret !== null && <ShownOnce secret={secret} onClose={close} />}
    </>
  );
}
