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
import { useQueryClient } from '@tanstack/react-query';
import { useFormContext, useWatch } from 'react-hook-form';
import { useAsking } from '../api/use-asking.js';
import { useMay } from '../api/use-may.js';
import { useReading } from '../api/use-reading.js';
import { Unread } from '../shell/unread.js';
import { departuresOf } from './departures.js';
import { brokenRulesOf, type PasswordPolicy } from './policy.js';

const PATH = '/v1/password-policy';

/** The rules for new passwords, with a place to try them and a warning where they depart from what is advised. */
export function PolicyPage(): ReactElement {
  const may = useMay();
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const { send } = useAsking();
  const { data, error, again } = useReading<PasswordPolicy>(PATH);
  if (!data) {
    return (
      <>
        <Title title={translate('policy.title')} />
        {error && <Unread error={error} onAgain={again} />}
      </>
    );
  }
  const { maxLength: _, ...editable } = data;
  const isOpen = may(`PATCH ${PATH}`);
  const keep = (policy: PasswordPolicy | null): void => {
    if (policy === null) return;
    client.setQueryData([PATH], policy);
    notify('action.done', { type: 'success' });
  };
  const save = async (values: object): Promise<void> =>
    keep(await send<PasswordPolicy>('PATCH', PATH, values));
  const reset = async (): Promise<void> => {
    if ((await send('DELETE', PATH)) === null) return;
    await client.invalidateQueries({ queryKey: [PATH] });
    notify('action.done', { type: 'success' });
  };
  return (
    <Card sx={{ marginTop: 2, maxWidth: 720 }}>
      <Title title={translate('policy.title')} />
      <CardContent>
        <Form
          key={JSON.stringify(data)}
          defaultValues={editable}
          onSubmit={(values: object) => void save(values)}
        >
          <fieldset disabled={!isOpen} style={{ border: 0, margin: 0, padding: 0 }}>
            <Numbers />
            <TextInput source="specialCharacters" label="policy.specialCharacters" fullWidth />
            <BooleanInput source="refuseCommon" label="policy.refuseCommon" />
            <BooleanInput source="allowsReuse" label="policy.allowsReuse" />
          </fieldset>
          <Departures />
          <Trial />
          {isOpen && <SaveButton alwaysEnable />}
          {may(`DELETE ${PATH}`) && <Button onClick={() => void reset()}>{translate('policy.reset')}</Button>}
        </Form>
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
