import { Checkbox, FormControlLabel } from '@mui/material';
import { useRef, useState, type ReactElement } from 'react';
import {
  Create,
  PasswordInput,
  SaveButton,
  SimpleForm,
  Toolbar,
  useRedirect,
  useTranslate,
} from 'react-admin';
import { useWatch } from 'react-hook-form';
import { ask } from '../api/ask.js';
import { Problem } from '../api/problem.js';
import { useMay } from '../api/use-may.js';
import { PERMANENT_TOKEN, type IssuedKey } from '../keys/key-record.js';
import { isUsable, TokenChoice, type ChosenToken } from '../keys/token-choice.js';
import { ShownOnce } from '../shell/shown-once.js';
import { TokenMissing } from './token-missing.js';
import { UserFields } from './user-fields.js';
import type { UserRecord } from './user-record.js';

interface Draft {
  readonly type?: string;
}

/** How it went with the token of a user who was made. */
type Ending = { readonly userId: string } & ({ readonly secret: string } | { readonly fault: Problem });

/**
 * Makes a user; without a password he is mailed a link to choose one. An administrator may be external:
 * he is given a permanent token at once, which is shown this once.
 */
export function UserCreate(): ReactElement {
  const redirect = useRedirect();
  /** The token of an external administrator; undefined when he is not external. */
  const [token, setToken] = useState<ChosenToken | undefined>(undefined);
  const [ending, setEnding] = useState<Ending | null>(null);
  const isExternal = useRef(false);
  const transform = (draft: Draft): Draft => {
    isExternal.current = token !== undefined && draft.type === 'admin';
    return draft;
  };
  const give = async ({ id }: UserRecord): Promise<void> => {
    if (!isExternal.current) return redirect('show', 'users', id);
    const secret = token ?? undefined;
    try {
      const body = { name: PERMANENT_TOKEN, ownerId: id, secret };
      const issued = await ask<IssuedKey>('POST', '/v1/api-keys', { body });
      setEnding({ userId: id, secret: issued.body.secret });
    } catch (error) {
      setEnding({ userId: id, fault: error instanceof Problem ? error : new Problem(0, {}) });
    }
  };
  const leave = (): void => redirect(`/users/${ending?.userId}/show/keys`);
  return (
    <Create<UserRecord> transform={transform} mutationOptions={{ onSuccess: (user) => void give(user) }}>
      <SimpleForm
        defaultValues={{ type: 'customer' }}
        warnWhenUnsavedChanges={ending === null}
        toolbar={<Save token={token} />}
      >
        <UserFields />
        <PasswordInput source="password" helperText="users.passwordHint" autoComplete="new-password" />
        <External token={token} onChange={setToken} />
      </SimpleForm>
      {ending && 'secret' in ending && <ShownOnce secret={ending.secret} onClose={leave} />}
      {ending && 'fault' in ending && <TokenMissing fault={ending.fault} onClose={leave} />}
    </Create>
  );
}

/** A chosen token that cannot be taken is not sent along. */
function Save({ token }: { readonly token: ChosenToken | undefined }): ReactElement {
  const type = useWatch<Draft, 'type'>({ name: 'type' });
  const isWaiting = type === 'admin' && token !== undefined && !isUsable(token);
  return (
    <Toolbar>
      <SaveButton {...(isWaiting ? { disabled: true } : {})} />
    </Toolbar>
  );
}

interface Properties {
  readonly token: ChosenToken | undefined;
  readonly onChange: (token: ChosenToken | undefined) => void;
}

/** Marks an administrator as external (document 003). */
function External({ token, onChange }: Properties): ReactElement {
  const may = useMay();
  const translate = useTranslate();
  const type = useWatch<Draft, 'type'>({ name: 'type' });
  if (type !== 'admin' || !may('POST /v1/api-keys')) return <></>;
  return (
    <>
      <FormControlLabel
        control={<Checkbox />}
        label={translate('users.markExternal')}
        checked={token !== undefined}
        onChange={(_event, isTicked) => onChange(isTicked ? null : undefined)}
      />
      {token !== undefined && <TokenChoice value={token} onChange={onChange} />}
    </>
  );
}
