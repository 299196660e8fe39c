import type { ReactElement } from 'react';
import { BooleanField, DateField, SelectField, Show, TabbedShowLayout, TextField } from 'react-admin';
import { LEVEL_CHOICES, STATE_CHOICES, TYPE_CHOICES } from './choices.js';
import { useMay } from '../api/use-may.js';
import { UserActions } from './user-actions.js';
import { UserEvents, UserKeys } from './user-lists.js';
import { UserSessions } from './user-sessions.js';

/** One user, and what can be done with him. */
export function UserShow(): ReactElement {
  const may = useMay();
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
        {may('GET /v1/users/:id/sessions') && (
          <TabbedShowLayout.Tab label="users.sessions" path="sessions">
            <UserSessions />
          </TabbedShowLayout.Tab>
        )}
        {may('POST /v1/users') && (
          <TabbedShowLayout.Tab label="users.keys" path="keys">
            <UserKeys />
          </TabbedShowLayout.Tab>
        )}
        {may('GET /v1/audit') && (
          <TabbedShowLayout.Tab label="users.events" path="events">
            <UserEvents />
          </TabbedShowLayout.Tab>
        )}
      </TabbedShowLayout>
    </Show>
  );
}
