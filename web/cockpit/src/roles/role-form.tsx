import type { ReactElement } from 'react';
import {
  CheckboxGroupInput,
  Create,
  Edit,
  required,
  Show,
  SimpleForm,
  SimpleShowLayout,
  TextArrayField,
  TextField,
  TextInput,
} from 'react-admin';
import { PERMISSION_CHOICES } from './permissions.js';

export function RoleCreate(): ReactElement {
  return (
    <Create redirect="list">
      <SimpleForm defaultValues={{ permissions: [] }}>
        <Fields />
      </SimpleForm>
    </Create>
  );
}

/** Holds from the next request of everybody who has the role. */
export function RoleEdit(): ReactElement {
  return (
    <Edit mutationMode="pessimistic" redirect="list">
      <SimpleForm>
        <Fields />
      </SimpleForm>
    </Edit>
  );
}

export function RoleShow(): ReactElement {
  return (
    <Show>
      <SimpleShowLayout>
        <TextField source="name" />
        <TextArrayField source="permissions" />
      </SimpleShowLayout>
    </Show>
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
