import type { ReactElement } from 'react';
import {
  BooleanField,
  FunctionField,
  ReferenceField,
  SelectField,
  Show,
  TabbedShowLayout,
  TabbedShowLayoutTabs,
  TextArrayField,
  TextField,
  useRecordContext,
} from 'react-admin';
import { isAbove } from '../api/vocabulary.js';
import { useMay } from '../api/use-may.js';
import { useMe } from '../api/use-me.js';
import { Moment } from '../shell/moment.js';
import { useReadFault } from '../shell/use-read-fault.js';
import { LEVEL_CHOICES, STATE_CHOICES, TYPE_CHOICES } from './choices.js';
import { External } from './external.js';
import { UserActions } from './user-actions.js';
import { UserEvents, UserKeys } from './user-lists.js';
import type { UserRecord } from './user-record.js';
import { UserSessions } from './user-sessions.js';

/** One user, and what can be done with him. */
export function UserShow(): ReactElement {
  const onReadFault = useReadFault();
  return (
    <Show actions={<UserActions />} queryOptions={{ onError: onReadFault }}>
      <Tabs />
    </Show>
  );
}

/** The tabs ask for no room of their own: on a phone they move. */
const narrow = { width: 0, minWidth: '100%' };

function Tabs(): ReactElement {
  const me = useMe();
  const may = useMay();
  const user = useRecordContext<UserRecord>();
  if (!me || !user) return <></>;
  const maySeeKeys = may('POST /v1/users');
  return (
    <TabbedShowLayout tabs={<TabbedShowLayoutTabs variant="scrollable" sx={narrow} />}>
      <TabbedShowLayout.Tab label="users.details">
        <TextField source="id" />
        <TextField source="email" emptyText="–" />
        <BooleanField source="emailConfirmed" />
        <TextField source="username" emptyText="–" />
        <TextField source="firstName" emptyText="–" />
        <TextField source="lastName" emptyText="–" />
        <TextField source="phone" emptyText="–" />
        <TextField source="card" emptyText="–" />
        <TextField source="locale" emptyText="–" />
        <SelectField source="type" choices={TYPE_CHOICES} />
        <SelectField source="level" choices={LEVEL_CHOICES} />
        {may('GET /v1/roles/:id') && (
          <ReferenceField source="roleId" reference="roles" link="show" emptyText="–">
            <TextField source="name" />
          </ReferenceField>
        )}
        {maySeeKeys && user.type === 'admin' && (
          <FunctionField label="users.external" render={() => <External userId={user.id} />} />
        )}
        <TextArrayField source="networks" emptyText="–" />
        <SelectField source="state" choices={STATE_CHOICES} />
        <BooleanField source="hasPassword" />
        <Moment source="createdAt" />
        <Moment source="updatedAt" />
      </TabbedShowLayout.Tab>
      {may('GET /v1/users/:id/sessions') && (isAbove(me.level, user.level) || user.id === me.id) && (
        <TabbedShowLayout.Tab label="users.sessions" path="sessions">
          <UserSessions user={user} />
        </TabbedShowLayout.Tab>
      )}
      {maySeeKeys && (
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
  );
}
