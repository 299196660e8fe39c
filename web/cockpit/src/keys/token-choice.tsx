import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, TextField } from '@mui/material';
import { useId, type ReactElement } from 'react';
import { useTranslate } from 'react-admin';

const LONGEST = 256;
/** What the server takes: 16 visible ASCII characters or more. */
const SECRET = /^[\x21-\x7e]{16,256}$/;

/** A token that somebody wants to choose; null for one that is to be generated. */
export type ChosenToken = string | null;

export const isUsable = (chosen: ChosenToken): boolean => chosen === null || SECRET.test(chosen);

interface Properties {
  readonly value: ChosenToken;
  readonly onChange: (chosen: ChosenToken) => void;
}

/** Whether a permanent token is generated or chosen. */
export function TokenChoice({ value, onChange }: Properties): ReactElement {
  const translate = useTranslate();
  const id = useId();
  return (
    <FormControl fullWidth margin="normal">
      <FormLabel id={id}>{translate('token.choice')}</FormLabel>
      <RadioGroup
        aria-labelledby={id}
        value={value === null ? 'generated' : 'chosen'}
        onChange={(_event, choice) => onChange(choice === 'generated' ? null : '')}
      >
        <FormControlLabel value="generated" control={<Radio />} label={translate('token.generated')} />
        <FormControlLabel value="chosen" control={<Radio />} label={translate('token.chosen')} />
      </RadioGroup>
      {value !== null && (
        <TextField
          fullWidth
          margin="dense"
          label={translate('token.label')}
          helperText={translate('token.hint')}
          value={value}
          error={value !== '' && !isUsable(value)}
          autoComplete="off"
          slotProps={{ htmlInput: { spellCheck: false, maxLength: LONGEST } }}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormControl>
  );
}
