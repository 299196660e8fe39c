import type { ReactElement } from 'react';
import { DataTable, List, SelectField, SelectInput, useRecordContext, type RaRecord } from 'react-admin';
import { Moment } from '../shell/moment.js';
import { Rows } from '../shell/rows.js';
import { ActionButton } from '../shell/action-button.js';
import { Pagination } from '../shell/pagination.js';

const STATE_CHOICES = ['pending', 'sent', 'dead'].map((id) => ({ id, name: `mailState.${id}` }));

const filters = [<SelectInput key="state" source="state" choices={STATE_CHOICES} alwaysOn />];

/** The mails that wait, were sent or failed, newest first, without their words. */
export function OutboxList(): ReactElement {
  return (
    <List filters={filters} exporter={false} perPage={25} pagination={<Pagination />}>
      <Rows>
        <DataTable bulkActionButtons={false} rowClick={false}>
          <DataTable.Col source="createdAt" disableSort>
            <Moment source="createdAt" />
          </DataTable.Col>
          <DataTable.Col source="kind" disableSort />
          <DataTable.Col source="recipient" disableSort />
          <DataTable.Col source="state" disableSort>
            <SelectField source="state" choices={STATE_CHOICES} />
          </DataTable.Col>
          <DataTable.Col source="attempts" disableSort />
          <DataTable.Col source="lastError" disableSort />
          <DataTable.Col source="nextAttemptAt" disableSort>
            <Moment source="nextAttemptAt" />
          </DataTable.Col>
          <DataTable.Col source="sentAt" disableSort>
            <Moment source="sentAt" />
          </DataTable.Col>
          <DataTable.Col label="list.actions" disableSort>
            <Retry />
          </DataTable.Col>
        </DataTable>
      </Rows>
    </List>
  );
}

function Retry(): ReactElement {
  const mail = useRecordContext<RaRecord<string>>();
  if (!mail || mail['state'] === 'sent') return <></>;
  return (
    <ActionButton
      label="action.retry"
      operation="POST /v1/outbox/:id/retry"
      method="POST"
      path={`/v1/outbox/${mail.id}/retry`}
    />
  );
}
