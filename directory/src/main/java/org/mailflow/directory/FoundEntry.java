package org.mailflow.directory;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import java.util.Optional;

/** Keeps the entry that one of many questions under way finds. */
final class FoundEntry implements AsyncSearchResultListener {

    private static final long serialVersionUID = 1L;

    private transient volatile Optional<SearchResultEntry> entry = Optional.empty();

    Optional<SearchResultEntry> entry() {
        return entry;
    }

    @Override
    public void searchEntryReturned(SearchResultEntry found) {
        entry = Optional.of(found);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference elsewhere) {
        // Who holds the entry is not asked.
    }

    @Override
    public void searchResultReceived(AsyncRequestID asked, SearchResult result) {
        // The request tells of it.
    }
}
