import { useState, type ReactElement } from 'react';
import {
  CheckboxGroupInput,
  Create,
  maxLength,
  required,
  SelectInput,
  SimpleForm,
  TextInput,
  useRedirect,
} from 'react-admin';
import { RecordEdit } from '../shell/record-edit.js';
import { ShownOnce } from '../shell/shown-once.js';
import { CLIENT_STATE_CHOICES, GRANT_CHOICES, SCOPE_CHOICES } from './choices.js';
import type { ClientRecord, Issued } from './client-record.js';

const isId = (value: string) => (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value) ? undefined : 'clients.idHint');

/** Makes a client; its secret is shown once. */
export function ClientCreate(): ReactElement {
  const redirect = useRedirect();
  const [made, setMade] = useState<(ClientRecord & Issued) | null>(null);
  return (
    <Create<ClientRecord & Issued> mutationOptions={{ onSuccess: setMade }}>
      <SimpleForm
        defaultValues={{ grants: ['password'], scopes: ['profile'] }}
        warnWhenUnsavedChanges={made === null}
      >
        <TextInput source="id" autoComplete="off" validate={[required(), maxLength(128), isId]} />
        <Allowance />
      </SimpleForm>
      {made && <ShownOnce secret={made.secret} onClose={() => redirect('show', 'clients', made.id)} />}
    </Create>
  );
}

export function ClientEdit(): ReactElement {
  return (
    <RecordEdit redirect="show">
      <SelectInput source="state" choices={CLIENT_STATE_CHOICES} helperText="clients.stateHint" />
      <Allowance />
    </RecordEdit>
  );
}

function Allowance(): ReactElement {
  return (
    <>
      <CheckboxGroupInput source="grants" choices={GRANT_CHOICES} translateChoice={false} />
      <CheckboxGroupInput source="scopes" choices={SCOPE_CHOICES} translateChoice={false} />
    </>
  );
}
