import type { ReactElement } from 'react';
import {
  CheckboxGroupInput,
  Create,
  DeleteButton,
  EditButton,
  required,
  Show,
  SimpleForm,
  SimpleShowLayout,
  TextArrayField,
  TextField,
  TextInput,
  TopToolbar,
  useRecordContext,
  type RaRecord,
} from 'react-admin';
import { useMay } from '../api/use-may.js';
import { RecordEdit } from '../shell/record-edit.js';
import { useReadFault } from '../shell/use-read-fault.js';
import { PERMISSION_CHOICES } from './permissions.js';

export function RoleCreate(): ReactElement {
  return (
    <Create redirect="list">
      <SimpleForm defaultValues={{ permissions: [] }} warnWhenUnsavedChanges>
        <Fields />
      </SimpleForm>
    </Create>
  );
}

/** Holds from the next request of everybody who has the role. */
export function RoleEdit(): ReactElement {
  return (
    <RecordEdit redirect="list">
      <Fields />
    </RecordEdit>
  );
}

export function RoleShow(): ReactElement {
  const onReadFault = useReadFault();
  return (
    <Show actions={<Actions />} queryOptions={{ onError: onReadFault }}>
      <SimpleShowLayout>
        <TextField source="name" />
        <TextArrayField source="permissions" />
      </SimpleShowLayout>
    </Show>
  );
}

/** Nobody changes a built-in role. */
function Actions(): ReactElement {
  const may = useMay();
  const role = useRecordContext<RaRecord & { readonly isBuiltIn: boolean }>();
  if (!role || role.isBuiltIn) return <></>;
  return (
    <TopToolbar>
      {may('PATCH /v1/roles/:id') && <EditButton />}
      {may('DELETE /v1/roles/:id') && <DeleteButton mutationMode="pessimistic" />}
    </TopToolbar>
  );
}

function Fields(): ReactElement {
  return (
    <>
      <TextInput source="name" validate={required()} />
      <CheckboxGroupInput source="permissions" choices={PERMISSION_CHOICES} translateChoice={false} row />
    </>
  );
}
