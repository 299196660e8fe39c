import { Button, List, ListItem, ListItemText } from '@mui/material';
import { useState, type ReactElement } from 'react';
import {
  DeleteButton,
  EditButton,
  Labeled,
  SelectField,
  Show,
  SimpleShowLayout,
  TextArrayField,
  TextField,
  TopToolbar,
  useLocaleState,
  useRecordContext,
  useRefresh,
  useTranslate,
} from 'react-admin';
import { Moment } from '../shell/moment.js';
import { useAsking } from '../api/use-asking.js';
import { useMay } from '../api/use-may.js';
import { ActionButton } from '../shell/action-button.js';
import { useReadFault } from '../shell/use-read-fault.js';
import { ShownOnce } from '../shell/shown-once.js';
import { CLIENT_STATE_CHOICES } from './choices.js';
import type { ClientRecord, ClientSecret, Issued } from './client-record.js';

/** One client with its secrets: a second one counts beside the first, until that is taken away. */
export function ClientShow(): ReactElement {
  const onReadFault = useReadFault();
  return (
    <Show
      queryOptions={{ onError: onReadFault }}
      actions={
        <TopToolbar>
          <EditButton />
          <DeleteButton mutationMode="pessimistic" />
        </TopToolbar>
      }
    >
      <SimpleShowLayout>
        <TextField source="id" />
        <SelectField source="state" choices={CLIENT_STATE_CHOICES} />
        <TextArrayField source="grants" />
        <TextArrayField source="scopes" />
        <Moment source="createdAt" />
        <Moment source="updatedAt" />
        <Labeled label="clients.secrets">
          <Secrets />
        </Labeled>
      </SimpleShowLayout>
    </Show>
  );
}

const MOST_SECRETS = 2;

function Secrets(): ReactElement {
  const may = useMay();
  const translate = useTranslate();
  const refresh = useRefresh();
  const { isSending, send } = useAsking();
  const client = useRecordContext<ClientRecord>();
  const [secret, setSecret] = useState<string | null>(null);
  if (!client) return <></>;
  const path = `/v1/clients/${encodeURIComponent(client.id)}/secrets`;
  const add = async (): Promise<void> => {
    const issued = await send<Issued>('POST', path);
    if (issued !== null) setSecret(issued.secret);
  };
  const close = (): void => {
    setSecret(null);
    refresh();
  };
  return (
    <>
      <List dense>
        {client.secrets.map((one) => (
          <Secret key={one.id} secret={one} path={path} />
        ))}
      </List>
      {may('POST /v1/clients/:id/secrets') && client.secrets.length < MOST_SECRETS && (
        <Button size="small" disabled={isSending} onClick={() => void add()}>
          {translate('clients.addSecret')}
        </Button>
      )}
      {secret !== null && <ShownOnce secret={secret} onClose={close} />}
    </>
  );
}

function Secret({ secret, path }: { readonly secret: ClientSecret; readonly path: string }): ReactElement {
  const [locale] = useLocaleState();
  const made = new Date(secret.createdAt).toLocaleString(locale);
  return (
    <ListItem
      disableGutters
      secondaryAction={
        <ActionButton
          label="action.takeAway"
          operation="DELETE /v1/clients/:id/secrets/:secretId"
          method="DELETE"
          path={`${path}/${secret.id}`}
          whom={`… ${secret.hint}`}
          isGrave
        />
      }
    >
      <ListItemText primary={`… ${secret.hint}`} secondary={made} />
    </ListItem>
  );
}
