import type { ReactElement } from 'react';
import { BooleanField, DateField, SelectField, Show, TabbedShowLayout, TextField } from 'react-admin';
import { LEVEL_CHOICES, STATE_CHOICES, TYPE_CHOICES } from './choices.js';
import { UserActions } from './user-actions.js';

/** One user, and what can be done with him. */
export function UserShow(): ReactElement {
  return (
    <Show actions={<UserActions />}>
      <TabbedShowLayout>
        <TabbedShowLayout.Tab label="users.details">
          <TextField source="id" />
          <TextField source="email" />
          <BooleanField source="emailConfirmed" />
          <TextField source="username" />
          <TextField source="firstName" />
          <TextField source="lastName" />
          <TextField source="phone" />
          <TextField source="card" />
          <SelectField source="type" choices={TYPE_CHOICES} />
          <SelectField source="level" choices={LEVEL_CHOICES} />
          <SelectField source="state" choices={STATE_CHOICES} />
          <BooleanField source="hasPassword" />
          <DateField source="createdAt" showTime />
          <DateField source="updatedAt" showTime />
        </TabbedShowLayout.Tab>
      </TabbedShowLayout>
    </Show>
  );
}
