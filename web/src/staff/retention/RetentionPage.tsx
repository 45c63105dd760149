// For how long records are kept, and whose are no longer needed (34 CFR 300.624). Nothing is destroyed
// from here: the page says what stands in the way.
import { useQuery } from '@tanstack/react-query';
import { Archive } from 'lucide-react';
import { Link } from 'react-router';
import { request } from '~/api/request.ts';
import { RetentionDocument } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List, Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useAgency } from '../shell/Agency.tsx';
import { Sheet } from '../shell/Sheet.tsx';
import { SetRule } from './SetRule.tsx';
import styles from '../student/people/People.module.css';

export function RetentionPage() {
  const dates = useDates();
  const agency = useAgency().membership.agency.id;
  const query = useQuery({
    queryKey: ['retention', agency],
    queryFn: async () => (await request(RetentionDocument, { agency })).agency,
  });
  const found = query.data;
  const rule = found?.retentionRule ?? null;
  return (
    <Sheet about="retention" query={query}>
      {found != null && (
        <>
          <Card
            title={<T id="retention.rule" />}
            action={<SetRule agency={agency} rule={rule} onDone={() => void query.refetch()} />}
          >
            <p>
              {rule === null || rule.years === null ? (
                <T id="retention.rule.never" />
              ) : (
                <T id="retention.rule.years" values={{ years: rule.years }} />
              )}
            </p>
            {rule !== null && (
              <p className={styles.small}>
                <bdi>{rule.law}</bdi>
              </p>
            )}
          </Card>
          <Card title={<T id="retention.due" />} note={<T id="retention.due.note" />}>
            {found.noLongerNeeded.length === 0 ? (
              <EmptyState
                icon={<Archive aria-hidden="true" size={32} />}
                title={<T id="retention.due.none" />}
              >
                <T id="retention.due.none.next" />
              </EmptyState>
            ) : (
              <List>
                {found.noLongerNeeded.map(({ id, name, retention }) => (
                  <Row key={id}>
                    <Link to={`/students/${id}#retention`} translate="no">
                      <bdi>{name}</bdi>
                    </Link>
                    {retention !== null && (
                      <>
                        {retention.leftOn !== null && (
                          <span className={styles.small}>
                            <T id="retention.left" values={{ day: dates.day(retention.leftOn) }} />
                          </span>
                        )}
                        <span className={styles.line}>
                          {retention.obstacles.map(obstacle => (
                            <Badge key={obstacle} tone={obstacle === 'HELD' ? 'aim' : 'plain'}>
                              <T id={`retention.obstacle.${obstacle}`} />
                            </Badge>
                          ))}
                          {retention.obstacles.length === 0 && (
                            <Badge tone="good">
                              <T id="retention.free" />
                            </Badge>
                          )}
                        </span>
                      </>
                    )}
                  </Row>
                ))}
              </List>
            )}
          </Card>
        </>
      )}
    </Sheet>
  );
}
