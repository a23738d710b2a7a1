"""What all tables share: the names of their constraints, and the link to a person."""

from sqlalchemy import Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def whose(nullable: bool = False) -> Column[str]:
    """A link to people.id; the row goes when the person goes."""
    return Column(
        "person", String(32), ForeignKey("people.id", ondelete="CASCADE"), index=True, nullable=nullable
    )
