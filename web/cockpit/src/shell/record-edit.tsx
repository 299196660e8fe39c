import { useState, type ReactElement, type ReactNode } from 'react';
import { Edit, SaveButton, SimpleForm, Toolbar, useNotify, useRefresh } from 'react-admin';
import { Outdated } from './outdated.js';
import { useReadFault } from './use-read-fault.js';

interface Refusal extends Error {
  readonly status: number;
  readonly body?: { readonly errors?: object };
}

interface Properties {
  readonly redirect: 'show' | 'list';
  readonly children: ReactNode;
}

/** A form that changes a record. What is left as it was is not sent, and nobody's change is undone unseen. */
export function RecordEdit({ redirect, children }: Properties): ReactElement {
  const notify = useNotify();
  const refresh = useRefresh();
  const onReadFault = useReadFault();
  const [isOutdated, setIsOutdated] = useState(false);
  const [visit, setVisit] = useState(0);
  const onSaveFault = (error: unknown): void => {
    const { status, message, body } = error as Refusal;
    if (status === 412) setIsOutdated(true);
    else if (!body?.errors) notify(message, { type: 'error' });
  };
  return (
    <Edit
      mutationMode="pessimistic"
      redirect={redirect}
      queryOptions={{ onError: onReadFault }}
      mutationOptions={{ onError: onSaveFault }}
    >
      <SimpleForm key={visit} warnWhenUnsavedChanges toolbar={<SaveOnly />}>
        {children}
        {isOutdated && (
          <Outdated
            onStay={() => setIsOutdated(false)}
            onLook={() => {
              refresh();
              setIsOutdated(false);
              setVisit(visit + 1);
            }}
          />
        )}
      </SimpleForm>
    </Edit>
  );
}

/** Saving alone: what removes a record stands where it is shown. */
function SaveOnly(): ReactElement {
  return (
    <Toolbar>
      <SaveButton />
    </Toolbar>
  );
}
