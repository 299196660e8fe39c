import { Alert, Button, Card, CardContent, List, ListItem, TextField, Typography } from '@mui/material';
import { useState, type ReactElement } from 'react';
import {
  BooleanInput,
  Form,
  NumberInput,
  SaveButton,
  TextInput,
  Title,
  useNotify,
  useTranslate,
} from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import type { Answer } from '../api/ask.js';
import { useAsking } from '../api/use-asking.js';
import { useMay } from '../api/use-may.js';
import { useTaggedReading } from '../api/use-reading.js';
import { Outdated } from '../shell/outdated.js';
import { Unread } from '../shell/unread.js';
import { departuresOf } from './departures.js';
import { brokenRulesOf, changesOf, type PasswordPolicy } from './policy.js';

const PATH = '/v1/password-policy';

/** The rules for new passwords, with a place to try them and a warning where they depart from what is advised. */
export function PolicyPage(): ReactElement {
  const translate = useTranslate();
  const { data, error, again } = useTaggedReading<PasswordPolicy>(PATH);
  return (
    <>
      <Title title={translate('policy.title')} />
      {data && <PolicyForm read={data} again={again} />}
      {!data && error && <Unread error={error} onAgain={() => void again()} />}
    </>
  );
}

interface Properties {
  readonly read: Answer<PasswordPolicy>;
  readonly again: () => Promise<void>;
}

/** Changes the policy as it was when the form came up, whatever is read while something is typed. */
function PolicyForm({ read, again }: Properties): ReactElement {
  const may = useMay();
  const translate = useTranslate();
  const notify = useNotify();
  const { send } = useAsking();
  const [{ body: before, etag }] = useState(read);
  const [isOutdated, setIsOutdated] = useState(false);
  const { maxLength: _, ...editable } = before;
  const isOpen = may(`PATCH ${PATH}`);
  const put = async (method: 'PATCH' | 'DELETE', body?: object): Promise<void> => {
    const condition = { etag, onOutdated: () => setIsOutdated(true) };
    if ((await send(method, PATH, body, condition)) === null) return;
    notify('action.done', { type: 'success' });
    await again();
  };
  return (
    <Card sx={{ marginTop: 2, maxWidth: 720 }}>
      <CardContent>
        <Form
          defaultValues={editable}
          onSubmit={(values: object) => void put('PATCH', changesOf(editable, values))}
        >
          <fieldset disabled={!isOpen} style={{ border: 0, margin: 0, padding: 0 }}>
            <Numbers />
            <TextInput source="specialCharacters" label="policy.specialCharacters" fullWidth />
            <BooleanInput source="refuseCommon" label="policy.refuseCommon" />
            <BooleanInput source="allowsReuse" label="policy.allowsReuse" />
          </fieldset>
          <Departures />
          <Trial />
          {isOpen && <SaveButton />}
          {may(`DELETE ${PATH}`) && (
            <Button onClick={() => void put('DELETE')}>{translate('policy.reset')}</Button>
          )}
        </Form>
        {isOutdated && <Outdated onStay={() => setIsOutdated(false)} onLook={() => void again()} />}
      </CardContent>
    </Card>
  );
}

const NUMBERS = ['minLength', 'minDigits', 'minLower', 'minUpper', 'minSpecial', 'expiresAfterDays'] as const;

function Numbers(): ReactElement {
  return (
    <>
      {NUMBERS.map((name) => (
        <NumberInput
          key={name}
          source={name}
          label={`policy.${name}`}
          min={name === 'minLength' ? 1 : 0}
          step={1}
        />
      ))}
    </>
  );
}

/** What is being edited, as it is. */
function useDraft(): PasswordPolicy {
  const { control } = useFormContext<PasswordPolicy>();
  return useWatch({ control }) as PasswordPolicy;
}

function Departures(): ReactElement {
  const translate = useTranslate();
  const departures = departuresOf(useDraft());
  return (
    <div role="status">
      {departures.length > 0 && (
        <Alert severity="warning">
          <Typography>{translate('policy.departs')}</Typography>
          <List dense>
            {departures.map((name) => (
              <ListItem key={name}>{translate(`policy.departure.${name}`)}</ListItem>
            ))}
          </List>
        </Alert>
      )}
    </div>
  );
}

/** A password to try the draft with; it stays in this page. */
function Trial(): ReactElement {
  const translate = useTranslate();
  const draft = useDraft();
  const [password, setPassword] = useState('');
  const broken = password === '' ? [] : brokenRulesOf(draft, password);
  const verdict = broken.length === 0 ? 'policy.trialGood' : 'policy.trialBad';
  return (
    <>
      <TextField
        fullWidth
        margin="normal"
        label={translate('policy.trial')}
        value={password}
        autoComplete="off"
        onChange={(event) => setPassword(event.target.value)}
      />
      <div role="status">
        {password !== '' && <Typography>{translate(verdict)}</Typography>}
        {broken.map((name) => (
          <Typography key={name} variant="body2">
            {translate(`policy.${name}`)}: {String(draft[name])}
          </Typography>
        ))}
      </div>
    </>
  );
}
