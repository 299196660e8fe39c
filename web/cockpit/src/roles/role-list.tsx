import type { ReactElement } from 'react';
import { BooleanField, DataTable, List, SearchInput, SelectField } from 'react-admin';
import { Pagination } from '../shell/pagination.js';
import { LEVEL_CHOICES } from '../users/choices.js';

const filters = [<SearchInput key="q" source="q" alwaysOn />];

interface Role {
  readonly isBuiltIn: boolean;
}

/** The built-in roles, which nobody changes, and the free ones. */
export function RoleList(): ReactElement {
  return (
    <List filters={filters} exporter={false} perPage={25} pagination={<Pagination />}>
      <DataTable
        bulkActionButtons={false}
        rowClick={(_id, _resource, record) => ((record as unknown as Role).isBuiltIn ? 'show' : 'edit')}
      >
        <DataTable.Col source="name" disableSort />
        <DataTable.Col source="isBuiltIn" disableSort>
          <BooleanField source="isBuiltIn" />
        </DataTable.Col>
        <DataTable.Col source="level" disableSort>
          <SelectField source="level" choices={LEVEL_CHOICES} />
        </DataTable.Col>
        <DataTable.Col source="permissions" disableSort />
      </DataTable>
    </List>
  );
}
