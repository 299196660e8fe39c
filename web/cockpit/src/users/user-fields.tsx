import type { ReactElement } from 'react';
import {
  email,
  required,
  SelectInput,
  TextArrayInput,
  TextInput,
  useGetList,
  useRecordContext,
  type RaRecord,
} from 'react-admin';
import { useWatch } from 'react-hook-form';
import { levelsBelow } from '../api/me.js';
import { useMay } from '../api/use-may.js';
import { useMe } from '../api/use-me.js';
import { LANGUAGE_CHOICES, LEVEL_CHOICES, TYPE_CHOICES } from './choices.js';
import type { UserRecord } from './user-record.js';

/** What administrators say of a user, whom they make or change. */
export function UserFields(): ReactElement {
  const me = useMe();
  const user = useRecordContext<UserRecord>();
  // Nobody moves himself on the ladder.
  const isOwn = user !== undefined && user.id === me?.id;
  return (
    <>
      <TextInput source="email" type="email" validate={[required(), email()]} />
      <TextInput source="username" />
      <TextInput source="firstName" parse={same} />
      <TextInput source="lastName" parse={same} />
      <TextInput source="phone" type="tel" />
      <TextInput source="card" />
      <SelectInput source="locale" choices={languages(user?.locale ?? null)} translateChoice={false} />
      {!isOwn && <Place />}
      <TextArrayInput source="networks" helperText="keys.networksHint" />
    </>
  );
}

/** A name may be empty, but is never missing. */
const same = (value: string) => value;

function languages(present: string | null) {
  const isKnown = present === null || LANGUAGE_CHOICES.some(({ id }) => id === present);
  return isKnown ? LANGUAGE_CHOICES : [...LANGUAGE_CHOICES, { id: present, name: present }];
}

/** What he is, and how high he stands: below who says it. */
function Place(): ReactElement {
  const me = useMe();
  const may = useMay();
  const user = useRecordContext<UserRecord>();
  const type = useWatch<{ type?: string }, 'type'>({ name: 'type' });
  const open: readonly string[] = me ? [...levelsBelow(me.level), ...(user ? [user.level] : [])] : [];
  return (
    <>
      <SelectInput source="type" choices={TYPE_CHOICES} validate={required()} />
      <SelectInput
        source="level"
        choices={LEVEL_CHOICES.filter(({ id }) => open.includes(id))}
        helperText="users.levelHint"
      />
      {type === 'admin' && may('GET /v1/roles') && <RoleChoice />}
    </>
  );
}

interface Role extends RaRecord<string> {
  readonly name: string;
  readonly isBuiltIn: boolean;
}

const MOST_ROLES = 100;

/** The free role of an administrator, in the place of a level. */
function RoleChoice(): ReactElement {
  const { data = [] } = useGetList<Role>('roles', { pagination: { page: 1, perPage: MOST_ROLES } });
  const free = data.filter(({ isBuiltIn }) => !isBuiltIn);
  return (
    <SelectInput
      source="roleId"
      choices={free}
      optionText="name"
      translateChoice={false}
      helperText="users.roleHint"
    />
  );
}
