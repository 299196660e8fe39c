import type { ReactElement } from 'react';
import { BooleanField, DataTable, List, SearchInput, SelectField, TextArrayField } from 'react-admin';
import { Pagination } from '../shell/pagination.js';
import { Rows } from '../shell/rows.js';
import { LEVEL_CHOICES } from '../users/choices.js';

const filters = [<SearchInput key="q" source="q" alwaysOn />];

/** The built-in roles, which nobody changes, and the free ones. */
export function RoleList(): ReactElement {
  return (
    <List filters={filters} exporter={false} perPage={25} pagination={<Pagination />}>
      <Rows>
        <DataTable bulkActionButtons={false} rowClick="show">
          <DataTable.Col source="name" disableSort />
          <DataTable.Col source="isBuiltIn" disableSort>
            <BooleanField source="isBuiltIn" />
          </DataTable.Col>
          <DataTable.Col source="level" disableSort>
            <SelectField source="level" choices={LEVEL_CHOICES} />
          </DataTable.Col>
          <DataTable.Col source="permissions" disableSort>
            <TextArrayField source="permissions" />
          </DataTable.Col>
        </DataTable>
      </Rows>
    </List>
  );
}
