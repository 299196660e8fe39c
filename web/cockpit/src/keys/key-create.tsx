import { useState, type ReactElement } from 'react';
import {
  AutocompleteInput,
  Create,
  DateTimeInput,
  maxLength,
  minLength,
  PasswordInput,
  ReferenceInput,
  required,
  SelectInput,
  SimpleForm,
  TextArrayInput,
  TextInput,
  useRedirect,
} from 'react-admin';
import { isAbove, type Level } from '../api/vocabulary.js';
import { useMay } from '../api/use-may.js';
import { useMe } from '../api/use-me.js';
import { ShownOnce } from '../shell/shown-once.js';
import { LEVEL_CHOICES } from '../users/choices.js';
import type { UserRecord } from '../users/user-record.js';
import type { IssuedKey } from './key-record.js';

/** Makes a permanent key, of one's own or of a user of a lower level; its secret is shown once. */
export function KeyCreate(): ReactElement {
  const may = useMay();
  const redirect = useRedirect();
  const me = useMe();
  const isOpen = ({ id, level }: UserRecord) =>
    me !== undefined && (id === me.id || isAbove(me.level, level));
  const levels = LEVEL_CHOICES.filter(({ id }) => me?.level === id || (me && isAbove(me.level, id as Level)));
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Create<IssuedKey> mutationOptions={{ onSuccess: (issued) => setSecret(issued.secret) }}>
      <SimpleForm warnWhenUnsavedChanges={secret === null}>
        <TextInput source="name" validate={[required(), maxLength(150)]} />
        {may('POST /v1/users') && (
          <ReferenceInput source="ownerId" reference="users">
            <AutocompleteInput
              optionText="email"
              getOptionDisabled={(owner: UserRecord) => !isOpen(owner)}
              filterToQuery={(q: string) => ({ q })}
              helperText="keys.ownerHint"
            />
          </ReferenceInput>
        )}
        <SelectInput source="level" choices={levels} />
        <TextArrayInput source="networks" helperText="keys.networksHint" />
        <DateTimeInput
          source="expiresAt"
          parse={(value: string) => (value ? new Date(value).toISOString() : null)}
        />
        <PasswordInput
          source="secret"
          autoComplete="off"
          helperText="keys.secretHint"
          validate={[minLength(16), maxLength(256)]}
        />
      </SimpleForm>
      {secret !== null && <ShownOnce secret={secret} onClose={() => redirect('list', 'api-keys')} />}
    </Create>
  );
}
