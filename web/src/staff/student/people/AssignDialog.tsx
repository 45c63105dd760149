// Brings a colleague to the student: from now on the student is on that colleague's phone.
import { useState } from 'react';
import { CreateAssignmentDocument, type AssignmentRole } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { Select } from '~/components/Select.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { StaffPicker, type Colleague } from './StaffPicker.tsx';

const roles: AssignmentRole[] = ['PROVIDER', 'TEACHER', 'CASE_MANAGER'];
const services = ['speech', 'occupational', 'physical', 'counseling', 'specialized'] as const;

export function AssignDialog({ onClose }: { onClose: () => void }) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [person, setPerson] = useState<Colleague | null>(null);
  const [role, setRole] = useState<AssignmentRole>('PROVIDER');
  const [service, setService] = useState<(typeof services)[number]>('speech');
  const assign = useOperation(CreateAssignmentDocument);
  const send = () => {
    if (person === null) return;
    const given = role === 'PROVIDER' ? service : null;
    assign.run({ student: student.id, person: person.id, role, service: given }, () => {
      tell({ text: say('team.added', { name: person.name }) });
      refresh();
      onClose();
    });
  };
  return (
    <Dialog title={<T id="team.add.title" />} open onClose={onClose}>
      <p>
        <T id="team.add.lead" values={{ student: <bdi>{student.name}</bdi> }} />
      </p>
      <StaffPicker agency={student.agency.id} onChoose={setPerson} />
      <Select
        label={say('team.role')}
        value={role}
        onChange={setRole}
        options={roles.map(value => ({ value, text: say(`assignment.${value}`) }))}
      />
      {role === 'PROVIDER' && (
        <Select
          label={say('team.service')}
          value={service}
          onChange={setService}
          options={services.map(value => ({ value, text: say(`service.${value}`) }))}
        />
      )}
      <OperationActions of={assign} ready={person !== null} onCancel={onClose} onSend={send}>
        <T id="team.add" />
      </OperationActions>
    </Dialog>
  );
}
