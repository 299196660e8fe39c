import type { ReactElement } from 'react';
import {
  DataTable,
  DateTimeInput,
  List,
  ReferenceField,
  SelectField,
  SelectInput,
  TextField,
  TextInput,
} from 'react-admin';
import { Moment } from '../shell/moment.js';
import { Rows } from '../shell/rows.js';
import { Pagination } from '../shell/pagination.js';
import { AUDIT_KIND_CHOICES } from './kinds.js';

const instant = (value: string) => (value ? new Date(value).toISOString() : value);

const filters = [
  <SelectInput key="kind" source="kind" choices={AUDIT_KIND_CHOICES} alwaysOn />,
  <TextInput key="user" source="user" alwaysOn />,
  <TextInput key="actor" source="actor" />,
  <DateTimeInput key="from" source="from" parse={instant} />,
  <DateTimeInput key="to" source="to" parse={instant} />,
];

/** Who did what to whom, newest first. */
export function AuditList(): ReactElement {
  return (
    <List filters={filters} exporter={false} perPage={50} pagination={<Pagination />}>
      <AuditTable />
    </List>
  );
}

/** The events of the list around it. */
export function AuditTable(): ReactElement {
  return (
    <Rows>
      <DataTable bulkActionButtons={false} rowClick={false}>
        <DataTable.Col source="at" disableSort>
          <Moment source="at" />
        </DataTable.Col>
        <DataTable.Col source="kind" disableSort>
          <SelectField source="kind" choices={AUDIT_KIND_CHOICES} />
        </DataTable.Col>
        <DataTable.Col source="userId" disableSort>
          <ReferenceField source="userId" reference="users" link="show" emptyText="–">
            <TextField source="email" />
          </ReferenceField>
        </DataTable.Col>
        <DataTable.Col source="actorKind" disableSort />
        <DataTable.Col source="actorId" disableSort />
        <DataTable.Col source="address" disableSort />
        <DataTable.Col source="surface" disableSort />
      </DataTable>
    </Rows>
  );
}
