"""Bookings, programmes, broadcasts, and letters that many messages share."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('changes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('session', sa.String(length=40), nullable=False),
    sa.Column('listed', bot.store.columns.Moment(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('moved_to', bot.store.columns.Moment(), nullable=True),
    sa.Column('by', sa.String(length=100), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    sa.UniqueConstraint('session', 'listed', name=op.f('uq_changes_session_listed'))
    )
    op.create_table('letters',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('short', sa.Text(), nullable=True),
    sa.Column('late', sa.String(length=5), nullable=False),
    sa.Column('late_from', bot.store.columns.Moment(), nullable=True),
    sa.Column('useless_from', bot.store.columns.Moment(), nullable=True),
    sa.Column('written', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('key', name=op.f('uq_letters_key'))
    )
    op.create_table('notices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('about', sa.String(length=100), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('first', bot.store.columns.Moment(), nullable=False),
    sa.Column('last', bot.store.columns.Moment(), nullable=False),
    sa.Column('told', bot.store.columns.Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices')),
    sa.UniqueConstraint('kind', 'about', name=op.f('uq_notices_kind_about'))
    )
    op.create_table('occasions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('session', sa.String(length=40), nullable=False),
    sa.Column('listed', bot.store.columns.Moment(), nullable=False),
    sa.Column('starts', bot.store.columns.Moment(), nullable=False),
    sa.Column('ends', bot.store.columns.Moment(), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('changed', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occasions')),
    sa.UniqueConstraint('session', 'listed', name=op.f('uq_occasions_session_listed'))
    )
    with op.batch_alter_table('occasions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occasions_starts'), ['starts'], unique=False)

    op.create_table('staff',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=True),
    sa.Column('address', sa.String(length=100), nullable=True),
    sa.Column('code', sa.String(length=64), nullable=True),
    sa.Column('since', bot.store.columns.Moment(), nullable=False),
    sa.Column('ended', bot.store.columns.Moment(), nullable=True),
    sa.Column('desk', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('channel', 'address', name=op.f('uq_staff_channel_address')),
    sa.UniqueConstraint('name', name=op.f('uq_staff_name'))
    )
    op.create_table('bookings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('occasion', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked', bot.store.columns.Moment(), nullable=False),
    sa.Column('offered_until', bot.store.columns.Moment(), nullable=True),
    sa.Column('leads', sa.String(length=100), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['occasion'], ['occasions.id'], name=op.f('fk_bookings_occasion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_bookings_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bookings')),
    sa.UniqueConstraint('person', 'occasion', name=op.f('uq_bookings_person_occasion'))
    )
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.create_index('ix_bookings_occasion_state', ['occasion', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_bookings_person'), ['person'], unique=False)

    op.create_table('broadcasts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('request', sa.String(length=100), nullable=False),
    sa.Column('by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('texts', sa.Text(), nullable=False),
    sa.Column('send_at', bot.store.columns.Moment(), nullable=True),
    sa.Column('repeats', sa.String(length=200), nullable=True),
    sa.Column('frozen', sa.Integer(), nullable=True),
    sa.Column('hold_until', bot.store.columns.Moment(), nullable=True),
    sa.Column('follows', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.Column('changed', bot.store.columns.Moment(), nullable=False),
    sa.Column('shown_in', sa.String(length=100), nullable=True),
    sa.Column('shown_as', sa.String(length=100), nullable=True),
    sa.Column('shown', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['staff.id'], name=op.f('fk_broadcasts_approved_by')),
    sa.ForeignKeyConstraint(['by'], ['staff.id'], name=op.f('fk_broadcasts_by')),
    sa.ForeignKeyConstraint(['follows'], ['broadcasts.id'], name=op.f('fk_broadcasts_follows')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_broadcasts')),
    sa.UniqueConstraint('request', name=op.f('uq_broadcasts_request'))
    )
    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_broadcasts_state'), ['state'], unique=False)

    op.create_table('enrolments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('programme', sa.String(length=40), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('since', bot.store.columns.Moment(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_enrolments_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolments')),
    sa.UniqueConstraint('person', 'programme', name=op.f('uq_enrolments_person_programme'))
    )
    with op.batch_alter_table('enrolments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolments_person'), ['person'], unique=False)

    op.create_table('events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('broadcast', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', bot.store.columns.Moment(), nullable=False),
    sa.Column('by', sa.String(length=100), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('detail', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['broadcast'], ['broadcasts.id'], name=op.f('fk_events_broadcast')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_events_broadcast'), ['broadcast'], unique=False)

    with op.batch_alter_table('ledger', schema=None) as batch_op:
        batch_op.add_column(sa.Column('letter', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('act', sa.String(length=6), server_default='send', nullable=False))
        batch_op.add_column(sa.Column('target', sa.String(length=100), nullable=True))
        batch_op.alter_column('body',
               existing_type=sa.TEXT(),
               nullable=True)
        batch_op.drop_index('ix_ledger_address')
        batch_op.drop_index('ix_ledger_state_touched')
        batch_op.drop_index('ix_ledger_unresolved')
        batch_op.drop_index('ix_ledger_sending')
        batch_op.drop_index('ix_ledger_about')
        batch_op.drop_index('ix_ledger_arrival')
        batch_op.create_index('ix_ledger_to_go', ['about', 'state'], unique=False, sqlite_where=sa.text("state = 'planned' AND urgency != 1 AND about IS NOT NULL"), postgresql_where=sa.text("state = 'planned' AND urgency != 1 AND about IS NOT NULL"))
        batch_op.create_index('ix_ledger_sending', ['channel', 'address', 'lease'], unique=False, sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"))
        batch_op.create_index('ix_ledger_held', ['about', 'id'], unique=False, sqlite_where=sa.text("state = 'held'"), postgresql_where=sa.text("state = 'held'"))
        batch_op.create_index('ix_ledger_next', ['channel', 'address', 'urgency', 'due', 'id'], unique=False, sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'"))
        batch_op.create_index('ix_ledger_sent', ['channel', 'address', 'touched'], unique=False, sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))
        batch_op.create_index('ix_ledger_troubled', ['state', 'touched'], unique=False, sqlite_where=sa.text("state IN ('unsure', 'failed', 'dropped')"), postgresql_where=sa.text("state IN ('unsure', 'failed', 'dropped')"))
        batch_op.create_index('ix_ledger_about', ['about'], unique=False, sqlite_where=sa.text("about IS NOT NULL"), postgresql_where=sa.text("about IS NOT NULL"))
        batch_op.create_index('ix_ledger_arrival', ['arrival'], unique=False, sqlite_where=sa.text("arrival IS NOT NULL"), postgresql_where=sa.text("arrival IS NOT NULL"))
        batch_op.create_index('ix_ledger_letter', ['letter'], unique=False, sqlite_where=sa.text("letter IS NOT NULL"), postgresql_where=sa.text("letter IS NOT NULL"))
        batch_op.create_foreign_key(batch_op.f('fk_ledger_letter'), 'letters', ['letter'], ['id'])

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('area', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('language', sa.String(length=10), server_default='en', nullable=False))
        batch_op.create_index('ix_people_quiet_until', ['quiet_until'], unique=False, sqlite_where=sa.text('quiet_until IS NOT NULL'), postgresql_where=sa.text('quiet_until IS NOT NULL'))
        batch_op.add_column(sa.Column('interests', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    """Going back means restoring a backup."""
