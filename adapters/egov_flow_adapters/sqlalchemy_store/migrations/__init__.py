# SPDX-License-Identifier: Apache-2.0
"""From one layout of the database to the next, by Alembic. A layout that was released is never changed; a new one is a new file in `versions`."""
