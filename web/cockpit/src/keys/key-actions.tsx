import { MenuItem, TextField } from '@mui/material';
import { useState, type ReactElement } from 'react';
import { useRecordContext, useReference, useTranslate } from 'react-admin';
import { isAbove } from '../api/vocabulary.js';
import { useMay } from '../api/use-may.js';
import { useMe } from '../api/use-me.js';
import { ActionButton } from '../shell/action-button.js';
import type { UserRecord } from '../users/user-record.js';
import type { KeyRecord } from './key-record.js';
import { TokenDialog } from './token-dialog.js';

/** What can be done with a key, one's own or of somebody below: give it another secret, end it. */
export function KeyActions(): ReactElement {
  const key = useRecordContext<KeyRecord>();
  const me = useMe();
  if (!key || !me) return <></>;
  return key.ownerId === me.id ? <Actions keyRecord={key} /> : <ActionsBelow keyRecord={key} />;
}

interface Properties {
  readonly keyRecord: KeyRecord;
}

function ActionsBelow({ keyRecord }: Properties): ReactElement {
  const me = useMe();
  const { referenceRecord: owner } = useReference<UserRecord>({ reference: 'users', id: keyRecord.ownerId });
  return me && owner && isAbove(me.level, owner.level) ? <Actions keyRecord={keyRecord} /> : <></>;
}

function Actions({ keyRecord: { id, name } }: Properties): ReactElement {
  const may = useMay();
  return (
    <>
      {may('POST /v1/api-keys/:id/rotate') && <Rotate keyId={id} />}
      <ActionButton
        label="action.revoke"
        operation="DELETE /v1/api-keys/:id"
        method="DELETE"
        path={`/v1/api-keys/${id}`}
        whom={name}
        isGrave
      />
    </>
  );
}

/** For how long the old secret still counts, in seconds. */
const OVERLAPS = [0, 3_600, 86_400, 604_800, 2_592_000];

function Rotate({ keyId }: { readonly keyId: string }): ReactElement {
  const translate = useTranslate();
  const [overlapSeconds, setOverlapSeconds] = useState(0);
  return (
    <TokenDialog label="action.rotate" path={`/v1/api-keys/${keyId}/rotate`} body={{ overlapSeconds }}>
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
    </TokenDialog>
  );
}
