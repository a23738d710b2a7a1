"""The staff's office: sign-in, audit log, hand-overs in writing, leaflets and measures."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', bot.store.columns.Moment(), nullable=False),
    sa.Column('staff', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('about', sa.String(length=100), nullable=False),
    sa.Column('detail', sa.String(length=300), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_about'), ['about'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)

    op.create_table('audit_ends',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('newest', sa.BigInteger(), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.Column('swept', sa.BigInteger(), nullable=False),
    sa.Column('swept_seal', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_ends'))
    )
    op.create_table('drafts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=100), nullable=False),
    sa.Column('article', sa.String(length=40), nullable=False),
    sa.Column('file', sa.String(length=200), nullable=False),
    sa.Column('by', sa.String(length=100), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('source', name=op.f('uq_drafts_source'))
    )
    op.create_table('leaflets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('target', sa.String(length=80), nullable=False),
    sa.Column('area', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('large', sa.Boolean(), nullable=False),
    sa.Column('by', sa.String(length=100), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leaflets')),
    sa.UniqueConstraint('purpose', 'target', 'area', 'language', 'kind', 'large', name=op.f('uq_leaflets_purpose_target_area_language_kind_large'))
    )
    op.create_table('measures',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=10), nullable=False),
    sa.Column('what', sa.String(length=100), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('area', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('count', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'period', 'what', 'outcome', 'area', 'language', name=op.f('pk_measures'))
    )
    op.create_table('accounts',
    sa.Column('staff', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('password', sa.String(length=200), nullable=True),
    sa.Column('totp', sa.String(length=200), nullable=True),
    sa.Column('totp_step', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('failures', sa.Integer(), server_default='0', nullable=False),
    sa.Column('locked_until', bot.store.columns.Moment(), nullable=True),
    sa.Column('sso', sa.String(length=500), nullable=True),
    sa.Column('changed', bot.store.columns.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_accounts_staff')),
    sa.PrimaryKeyConstraint('staff', name=op.f('pk_accounts')),
    sa.UniqueConstraint('sso', name=op.f('uq_accounts_sso'))
    )
    op.create_table('invitations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('staff', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.Column('expires', bot.store.columns.Moment(), nullable=False),
    sa.Column('used', bot.store.columns.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_invitations_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('token', name=op.f('uq_invitations_token'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index('ix_invitations_expires', ['expires'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_staff'), ['staff'], unique=False)

    op.create_table('passkeys',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('staff', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('credential', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.Column('used', bot.store.columns.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_passkeys_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
    sa.UniqueConstraint('credential', name=op.f('uq_passkeys_credential'))
    )
    with op.batch_alter_table('passkeys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkeys_staff'), ['staff'], unique=False)

    op.create_table('signins',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('staff', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('how', sa.String(length=20), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.Column('seen', bot.store.columns.Moment(), nullable=False),
    sa.Column('expires', bot.store.columns.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_signins_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signins')),
    sa.UniqueConstraint('token', name=op.f('uq_signins_token'))
    )
    with op.batch_alter_table('signins', schema=None) as batch_op:
        batch_op.create_index('ix_signins_expires', ['expires'], unique=False)
        batch_op.create_index(batch_op.f('ix_signins_staff'), ['staff'], unique=False)

    op.create_table('relays',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('handover', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('staff', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.Column('at', bot.store.columns.Moment(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=True),
    sa.Column('flagged', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['handover'], ['handovers.id'], name=op.f('fk_relays_handover'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person'], ['people.id'], name=op.f('fk_relays_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_relays_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relays'))
    )
    with op.batch_alter_table('relays', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_relays_handover'), ['handover'], unique=False)
        batch_op.create_index(batch_op.f('ix_relays_person'), ['person'], unique=False)

    op.create_table('rooms',
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('chat', sa.String(length=100), nullable=False),
    sa.Column('by', sa.String(length=100), nullable=False),
    sa.Column('made', bot.store.columns.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('channel', name=op.f('pk_rooms'))
    )

    with op.batch_alter_table('handovers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=10), server_default='call', nullable=False))
        batch_op.add_column(sa.Column('team', sa.String(length=20), server_default='navigator', nullable=False))
        batch_op.add_column(sa.Column('area', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('language', sa.String(length=10), server_default='en', nullable=False))
        batch_op.add_column(sa.Column('claimed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('claimed', bot.store.columns.Moment(), nullable=True))
        batch_op.add_column(sa.Column('answered', bot.store.columns.Moment(), nullable=True))
        batch_op.add_column(sa.Column('closed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('thread', sa.String(length=100), nullable=True))
        batch_op.create_index('ix_handovers_state_asked', ['state', 'asked'], unique=False)


def downgrade() -> None:
    """Going back means restoring a backup."""
