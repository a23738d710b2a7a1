"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('arrivals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('update', sa.String(length=100), nullable=False),
    sa.Column('arrived', bot.store.columns.Moment(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('address', sa.String(length=100), nullable=True),
    sa.Column('payload', sa.Text(), nullable=True),
    sa.Column('place', sa.BigInteger(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrivals')),
    sa.UniqueConstraint('channel', 'update', name=op.f('uq_arrivals_channel_update'))
    )
    with op.batch_alter_table('arrivals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrivals_arrived'), ['arrived'], unique=False)
        batch_op.create_index('ix_arrivals_pending', ['channel', 'address', 'place', 'id'], unique=False, sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))

    op.create_table('counters',
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('labels', sa.String(length=200), nullable=False),
    sa.Column('count', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'name', 'labels', name=op.f('pk_counters'))
    )
    op.create_table('paces',
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('next_microsecond', sa.BigInteger(), nullable=False),
    sa.Column('frozen_until', bot.store.columns.Moment(), nullable=True),
    sa.PrimaryKeyConstraint('channel', name=op.f('pk_paces'))
    )
    op.create_table('people',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=100), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('answers', sa.Boolean(), nullable=False),
    sa.Column('remembers', sa.Boolean(), nullable=False),
    sa.Column('stopped', sa.Boolean(), nullable=False),
    sa.Column('quiet_until', bot.store.columns.Moment(), nullable=True),
    sa.Column('reachable', sa.Boolean(), nullable=False),
    sa.Column('seen', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('channel', 'address', name=op.f('uq_people_channel_address'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_seen'), ['seen'], unique=False)

    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('switch', sa.String(length=40), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('given', bot.store.columns.Moment(), nullable=False),
    sa.Column('withdrawn', bot.store.columns.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_consents_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_person'), ['person'], unique=False)

    op.create_table('handovers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('topic', sa.String(length=100), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('best_time', sa.String(length=100), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked', bot.store.columns.Moment(), nullable=False),
    sa.Column('closed', bot.store.columns.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_handovers_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers'))
    )
    with op.batch_alter_table('handovers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handovers_person'), ['person'], unique=False)

    op.create_table('ledger',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('urgency', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=100), nullable=True),
    sa.Column('arrival', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('person', sa.String(length=32), nullable=True),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=100), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('due', bot.store.columns.Moment(), nullable=False),
    sa.Column('not_before', bot.store.columns.Moment(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('repeats', sa.Integer(), nullable=False),
    sa.Column('owner', sa.String(length=32), nullable=True),
    sa.Column('lease', bot.store.columns.Moment(), nullable=True),
    sa.Column('touched', bot.store.columns.Moment(), nullable=False),
    sa.Column('message', sa.String(length=100), nullable=True),
    sa.Column('reason', sa.String(length=100), nullable=True),
    sa.Column('forget', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_ledger_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger')),
    sa.UniqueConstraint('key', name=op.f('uq_ledger_key'))
    )
    with op.batch_alter_table('ledger', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_about'), ['about'], unique=False)
        batch_op.create_index('ix_ledger_address', ['channel', 'address', 'touched'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_arrival'), ['arrival'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_person'), ['person'], unique=False)
        batch_op.create_index('ix_ledger_planned', ['channel', 'urgency', 'due', 'id'], unique=False, sqlite_where=sa.text("state = 'planned'"), postgresql_where=sa.text("state = 'planned'"))
        batch_op.create_index('ix_ledger_sending', ['lease'], unique=False, sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'"))
        batch_op.create_index('ix_ledger_state_touched', ['state', 'touched'], unique=False)
        batch_op.create_index('ix_ledger_unresolved', ['channel', 'address', 'urgency', 'due', 'id'], unique=False, sqlite_where=sa.text("state = 'planned' OR state = 'sending'"), postgresql_where=sa.text("state = 'planned' OR state = 'sending'"))

    op.create_table('questions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('shared', bot.store.columns.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_questions_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions'))
    )
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questions_person'), ['person'], unique=False)




def downgrade() -> None:
    """Nothing stands before the first version."""
