import type { ReactElement } from 'react';
import { Create, Edit, PasswordInput, SelectInput, SimpleForm, TextInput, usePermissions } from 'react-admin';
import { isAbove, type Me } from '../api/me.js';
import { LEVEL_CHOICES, TYPE_CHOICES } from './choices.js';

/** Makes a user; without a password he is mailed a link to choose one. */
export function UserCreate(): ReactElement {
  return (
    <Create redirect="show">
      <SimpleForm defaultValues={{ type: 'customer' }}>
        <Fields />
        <PasswordInput source="password" helperText="users.passwordHint" autoComplete="new-password" />
      </SimpleForm>
    </Create>
  );
}

/** Changes a user; what is left as it was is not sent. */
export function UserEdit(): ReactElement {
  return (
    <Edit mutationMode="pessimistic" redirect="show">
      <SimpleForm>
        <Fields />
      </SimpleForm>
    </Edit>
  );
}

function Fields(): ReactElement {
  const { permissions: me } = usePermissions<Me>();
  const below = LEVEL_CHOICES.filter(({ id }) => me && isAbove(me.level, id as Me['level']));
  return (
    <>
      <TextInput source="email" type="email" />
      <TextInput source="username" />
      <TextInput source="firstName" />
      <TextInput source="lastName" />
      <TextInput source="phone" type="tel" />
      <TextInput source="card" />
      <SelectInput source="type" choices={TYPE_CHOICES} />
      <SelectInput source="level" choices={below} />
    </>
  );
}
